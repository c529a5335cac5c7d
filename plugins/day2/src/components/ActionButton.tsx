import { PropsWithChildren } from 'react';
import SvgIcon from '@material-ui/core/SvgIcon';
import { makeStyles } from '@material-ui/core/styles';
import { tokens } from '../theme/healthPalette';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    border: `1px solid ${tokens(theme).lineStrong}`,
    borderRadius: 4,
    padding: '5px 12px',
    font: 'inherit',
    fontSize: 13,
    fontWeight: 600,
    color: theme.palette.link ?? theme.palette.primary.main,
    background: 'none',
    whiteSpace: 'nowrap',
    cursor: 'pointer',
    '&:hover': { backgroundColor: tokens(theme).hover },
    '&:disabled': { opacity: 0.5, cursor: 'default' },
    '&:focus-visible': {
      outline: `2px solid ${tokens(theme).focus}`,
      outlineOffset: 2,
    },
    '@media (pointer: coarse)': { minHeight: 44 },
  },
  bare: { border: 0, padding: '2px 0', fontWeight: 400 },
  icon: { fontSize: 16 },
}));

/** A small button with a word. */
export function ActionButton(
  props: PropsWithChildren<{
    onClick: () => void;
    icon?: typeof SvgIcon;
    /** Looks like a link. */
    bare?: boolean;
    disabled?: boolean;
    expanded?: boolean;
  }>,
) {
  const { onClick, icon: Icon, bare, disabled, expanded, children } = props;
  const classes = useStyles();
  return (
    <button
      type="button"
      className={`${classes.root} ${bare ? classes.bare : ''}`}
      onClick={onClick}
      disabled={disabled}
      aria-expanded={expanded}
    >
      {Icon && <Icon className={classes.icon} />}
      {children}
    </button>
  );
}
