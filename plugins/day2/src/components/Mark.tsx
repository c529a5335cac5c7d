import { PropsWithChildren } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { healthPalette, tokens } from '../theme/healthPalette';
import { Hint } from './Hint';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-block',
    fontSize: 12,
    lineHeight: '18px',
    padding: '0 7px',
    borderRadius: 3,
    border: `1px solid ${tokens(theme).lineStrong}`,
    color: tokens(theme).muted,
    whiteSpace: 'nowrap',
  },
  conflict: {
    color: healthPalette(theme).warning.color,
    borderColor: healthPalette(theme).warning.color,
  },
}));

/** An outlined word beside a label; only a conflict has colour. */
export function Mark(
  props: PropsWithChildren<{ hint?: string; conflict?: boolean }>,
) {
  const { hint, conflict, children } = props;
  const classes = useStyles();
  const className = `${classes.root} ${conflict ? classes.conflict : ''}`;
  if (!hint) {
    return <span className={className}>{children}</span>;
  }
  return (
    <Hint hint={hint}>
      <span className={className}>{children}</span>
    </Hint>
  );
}
