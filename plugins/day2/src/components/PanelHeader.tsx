import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    gap: 10,
    padding: '14px 16px 12px',
    borderBottom: `1px solid ${tokens(theme).line}`,
    flexWrap: 'wrap',
    [theme.breakpoints.down('xs')]: { paddingLeft: 12, paddingRight: 12 },
  },
  title: {
    margin: 0,
    font: 'inherit',
    fontSize: 20,
    lineHeight: 1.25,
    fontWeight: 700,
    display: 'flex',
    alignItems: 'center',
    gap: 8,
    overflowWrap: 'anywhere',
  },
  end: { marginLeft: 'auto', display: 'flex', alignItems: 'center', gap: 12 },
  hint: { color: tokens(theme).muted, fontSize: 13 },
}));

/** Title line of a panel. */
export function PanelHeader(props: {
  id?: string;
  icon?: ReactNode;
  title: string;
  label?: ReactNode;
  hint?: ReactNode;
  end?: ReactNode;
}) {
  const { id, icon, title, label, hint, end } = props;
  const classes = useStyles();
  return (
    <div className={classes.root}>
      <h2 id={id} className={classes.title}>
        {icon}
        {title}
      </h2>
      {label}
      {hint && <span className={classes.hint}>{hint}</span>}
      {end && <span className={classes.end}>{end}</span>}
    </div>
  );
}
