import { makeStyles } from '@material-ui/core/styles';
import { useText } from '../hooks/useText';
import { healthPalette, hatching, tokens } from '../theme/healthPalette';
import { Time } from './Time';

const useStyles = makeStyles(theme => {
  const palette = healthPalette(theme);
  return {
    root: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      fontSize: 12,
      color: tokens(theme).muted,
      whiteSpace: 'nowrap',
    },
    stale: { color: 'inherit', fontWeight: 600 },
    live: {
      flex: 'none',
      boxSizing: 'border-box',
      width: 7,
      height: 7,
      borderRadius: '50%',
      border: `2px solid ${palette.healthy.color}`,
    },
    hatch: {
      display: 'inline-block',
      flex: 'none',
      width: 11,
      height: 11,
      borderRadius: 2,
      background: hatching(theme, palette.unknown.color),
      boxShadow: `inset 0 0 0 1px ${palette.unknown.color}`,
      verticalAlign: '-1px',
    },
  };
});

/** The small hatched square: part of this is not known. */
export function HatchDot(props: { label?: string }) {
  const classes = useStyles();
  const { label } = props;
  return label ? (
    <span
      className={classes.hatch}
      role="img"
      aria-label={label}
      title={label}
    />
  ) : (
    <span className={classes.hatch} aria-hidden />
  );
}

/** How old what is read is. `stale` when it can no longer be refreshed. */
export function Freshness(props: {
  at?: string | number | null;
  stale?: boolean;
  as: 'live' | 'data' | 'age';
}) {
  const { at, stale, as } = props;
  const classes = useStyles();
  const t = useText();
  if (at === undefined || at === null) {
    return <span className={classes.root}>{t('freshness.neverRead')}</span>;
  }
  const age = <Time at={at} />;
  const words = {
    live: () => t(stale ? 'freshness.asOf' : 'freshness.live', { age }),
    data: () => t('freshness.data', { age }),
    age: () => age,
  };
  return (
    <span className={`${classes.root} ${stale ? classes.stale : ''}`}>
      {stale && <HatchDot />}
      {!stale && as === 'live' && <span className={classes.live} aria-hidden />}
      <span>{words[as]()}</span>
    </span>
  );
}
