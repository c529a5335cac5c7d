import { ReactNode } from 'react';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  root: {
    borderRadius: 3,
    '&:focus-visible': {
      outline: `2px solid ${tokens(theme).focus}`,
      outlineOffset: 2,
    },
  },
}));

/** More about a word, on hover and on focus alike. */
export function Hint(props: { hint: string; children: ReactNode }) {
  const { hint, children } = props;
  const classes = useStyles();
  return (
    <Tooltip title={hint}>
      {/* Whoever has no pointer must reach the hint too. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <span className={classes.root} tabIndex={0}>
        {children}
      </span>
    </Tooltip>
  );
}
