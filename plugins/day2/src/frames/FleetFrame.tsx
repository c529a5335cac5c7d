import { PropsWithChildren } from 'react';
import { makeStyles } from '@material-ui/core/styles';

const useStyles = makeStyles(theme => ({
  // The header above brings the distance to itself, and this one stands under it.
  root: {
    padding: '0 20px 24px',
    [theme.breakpoints.down('xs')]: { padding: '0 12px 24px' },
  },
}));

/** A page of ours in the new frontend system: what the host draws has no landmark of its own. */
export function FleetFrame(props: PropsWithChildren<{}>) {
  return <main className={useStyles().root}>{props.children}</main>;
}
