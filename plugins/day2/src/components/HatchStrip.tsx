import { PropsWithChildren, ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { healthPalette, hatching, tokens } from '../theme/healthPalette';
import { HealthIcon } from './HealthIcon';

const useStyles = makeStyles(theme => ({
  root: {
    position: 'relative',
    display: 'flex',
    gap: 12,
    alignItems: 'flex-start',
    padding: '11px 16px 11px 26px',
    '&::before': {
      content: '""',
      position: 'absolute',
      left: 0,
      top: 0,
      bottom: 0,
      width: 10,
      background: hatching(theme, healthPalette(theme).unknown.color),
    },
  },
  boxed: {
    border: `1px solid ${tokens(theme).lineStrong}`,
    borderRadius: 4,
    overflow: 'hidden',
    padding: '8px 10px 8px 22px',
  },
  text: { flex: 1, minWidth: 0 },
  action: { whiteSpace: 'nowrap' },
  [theme.breakpoints.down('xs')]: {
    root: { flexWrap: 'wrap' },
    text: { flexBasis: '80%' },
    action: { paddingLeft: 32 },
  },
}));

/** Something that is not known, beside what is. */
export function HatchStrip(
  props: PropsWithChildren<{ action?: ReactNode; boxed?: boolean }>,
) {
  const { action, boxed, children } = props;
  const classes = useStyles();
  return (
    <div className={`${classes.root} ${boxed ? classes.boxed : ''}`}>
      <HealthIcon health="unknown" size={20} />
      <div className={classes.text}>{children}</div>
      {action && <span className={classes.action}>{action}</span>}
    </div>
  );
}
