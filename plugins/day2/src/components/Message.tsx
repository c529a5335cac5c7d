import { ReactNode } from 'react';
import SvgIcon from '@material-ui/core/SvgIcon';
import { makeStyles } from '@material-ui/core/styles';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', gap: 14, padding: 'var(--day2-gutter, 16px)' },
  icon: { flex: 'none', color: tokens(theme).muted, fontSize: 24 },
  text: { flex: 1, minWidth: 0 },
  title: { margin: 0, fontWeight: 600 },
  body: { margin: '2px 0 0' },
  actions: {
    marginTop: 10,
    display: 'flex',
    gap: 12,
    alignItems: 'center',
    flexWrap: 'wrap',
    fontSize: 13,
    color: tokens(theme).muted,
  },
}));

/** A whole body that says one thing: why there is nothing else, and what to do. */
export function Message(props: {
  icon?: typeof SvgIcon;
  title: ReactNode;
  children?: ReactNode;
  actions?: ReactNode;
  alert?: boolean;
}) {
  const { icon: Icon, title, children, actions, alert } = props;
  const classes = useStyles();
  return (
    <div className={classes.root} role={alert ? 'alert' : undefined}>
      {Icon && <Icon className={classes.icon} />}
      <div className={classes.text}>
        <p className={classes.title}>{title}</p>
        {children && <div className={classes.body}>{children}</div>}
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
