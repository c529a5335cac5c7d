import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../hooks/useText';
import { healthPalette, tokens } from '../theme/healthPalette';
import { HistoryDays, historyDays } from './tabAddress';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    border: `1px solid ${tokens(theme).lineStrong}`,
    borderRadius: 4,
  },
  button: {
    font: 'inherit',
    fontSize: 13,
    fontWeight: 500,
    color: 'inherit',
    background: 'none',
    border: 0,
    padding: '4px 12px',
    cursor: 'pointer',
    '&[aria-pressed=true]': {
      backgroundColor: healthPalette(theme).progressing.tint,
      boxShadow: `inset 0 -2px 0 ${healthPalette(theme).progressing.color}`,
    },
    '&:focus-visible': {
      outline: `2px solid ${tokens(theme).focus}`,
      outlineOffset: 2,
    },
    '@media (pointer: coarse)': { minHeight: 42 },
  },
}));

const keys = {
  1: 'tab.hours24',
  7: 'tab.days7',
  30: 'tab.days30',
} as const;

/** How far back history goes. */
export function RangeSwitch(props: {
  days: HistoryDays;
  onDays: (days: HistoryDays) => void;
}) {
  const { days, onDays } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <span className={classes.root} role="group" aria-label={t('tab.range')}>
      {historyDays.map(each => (
        <button
          key={each}
          type="button"
          className={classes.button}
          aria-pressed={each === days}
          onClick={() => onDays(each)}
        >
          {t(keys[each])}
        </button>
      ))}
    </span>
  );
}
