import { makeStyles } from '@material-ui/core/styles';
import { Health, healths } from '@day2ops/backstage-plugin-day2-common';
import { Freshness } from '../components/Freshness';
import { Panel } from '../components/frame';
import { HealthIcon } from '../components/HealthIcon';
import { RichText } from '../components/RichText';
import { useText } from '../hooks/useText';
import { hatching, healthPalette, tokens } from '../theme/healthPalette';

export type HealthCounts = Readonly<Partial<Record<Health, number>>>;

const worstFirst = [...healths].reverse();

const useStyles = makeStyles(theme => {
  const palette = healthPalette(theme);
  return {
    root: {
      padding: '14px 16px 12px',
      [theme.breakpoints.down('xs')]: { padding: 12 },
    },
    counts: {
      display: 'flex',
      alignItems: 'baseline',
      flexWrap: 'wrap',
      fontSize: 15,
      '& b': { fontSize: 24, fontWeight: 700, marginRight: 2 },
    },
    dot: { color: tokens(theme).muted, margin: '0 12px' },
    age: { marginLeft: 'auto' },
    bar: { display: 'flex', gap: 2, marginTop: 8 },
    part: { height: 10, borderRadius: 2, minWidth: 3 },
    unknown: {
      background: hatching(theme),
      boxShadow: `inset 0 0 0 1px ${palette.unknown.color}`,
    },
    filters: {
      display: 'flex',
      flexWrap: 'wrap',
      gap: '4px 8px',
      margin: '8px -8px 0',
    },
    filter: {
      display: 'inline-flex',
      alignItems: 'center',
      gap: 6,
      font: 'inherit',
      color: 'inherit',
      background: 'none',
      border: 0,
      borderBottom: '2px solid transparent',
      borderRadius: 4,
      padding: '4px 10px 4px 8px',
      whiteSpace: 'nowrap',
      cursor: 'pointer',
      '& b': { fontSize: 16 },
      '&:hover': { backgroundColor: tokens(theme).hover },
      '&[aria-pressed=true]': {
        borderBottomColor: palette.progressing.color,
        borderRadius: '4px 4px 0 0',
      },
      '&:focus-visible': {
        outline: `2px solid ${tokens(theme).focus}`,
        outlineOffset: 2,
      },
      '@media (pointer: coarse)': { minHeight: 44 },
    },
  };
});

/** Needing attention, not to be judged, all right: the three sum up to all. */
export function sumCounts(counts: HealthCounts) {
  const sum = (...of: Health[]) =>
    of.reduce((total, health) => total + (counts[health] ?? 0), 0);
  return {
    need: sum('critical', 'degraded', 'warning'),
    cannot: sum('unknown'),
    right: sum('progressing', 'suspended', 'healthy'),
    total: sum(...healths),
  };
}

/** Honest counts over the fleet, drawn to scale; the numbers filter. */
export function FleetSummary(props: {
  counts: HealthCounts;
  chosen: readonly Health[];
  onChoose: (health: readonly Health[]) => void;
  loadedAt?: number;
}) {
  const { counts, chosen, onChoose, loadedAt } = props;
  const classes = useStyles();
  const t = useText();
  const { need, cannot, right, total } = sumCounts(counts);
  const toggle = (health: Health) =>
    onChoose(
      chosen.includes(health)
        ? chosen.filter(other => other !== health)
        : [...chosen, health],
    );
  return (
    <Panel label={t('fleet.summary')}>
      <div className={classes.root}>
        <p className={classes.counts}>
          <span>
            <RichText>
              {t('fleet.need', { count: need, total: `${total}` })}
            </RichText>
          </span>
          <span className={classes.dot} aria-hidden>
            ·
          </span>
          <span>
            <RichText>{t('fleet.cannot', { n: `${cannot}` })}</RichText>
          </span>
          <span className={classes.dot} aria-hidden>
            ·
          </span>
          <span>
            <RichText>{t('fleet.right', { count: right })}</RichText>
          </span>
          <span className={classes.age}>
            <Freshness at={loadedAt} as="live" />
          </span>
        </p>
        <CountsBar counts={counts} />
        <div
          className={classes.filters}
          role="group"
          aria-label={t('fleet.filterByHealth')}
        >
          {worstFirst.map(health => (
            <button
              key={health}
              type="button"
              className={classes.filter}
              aria-pressed={chosen.includes(health)}
              onClick={() => toggle(health)}
            >
              <HealthIcon health={health} size={20} />
              <b>{counts[health] ?? 0}</b>{' '}
              <span>{t(`health.name.${health}`)}</span>
            </button>
          ))}
        </div>
      </div>
    </Panel>
  );
}

function CountsBar(props: { counts: HealthCounts }) {
  const { counts } = props;
  const classes = useStyles();
  const t = useText();
  const parts = worstFirst
    .map(health => ({ health, count: counts[health] ?? 0 }))
    .filter(({ count }) => count > 0);
  const words = parts.map(({ health, count }) =>
    t('fleet.shareCount', {
      n: `${count}`,
      health: t(`health.lower.${health}`),
    }),
  );
  return (
    <div
      className={classes.bar}
      role="img"
      aria-label={t('fleet.share', { counts: words.join(', ') })}
    >
      {parts.map(({ health, count }) => (
        <CountsPart key={health} health={health} count={count} />
      ))}
    </div>
  );
}

const usePartStyles = makeStyles(theme => {
  const palette = healthPalette(theme);
  return Object.fromEntries(
    healths.map(health => [health, { backgroundColor: palette[health].fill }]),
  );
});

function CountsPart(props: { health: Health; count: number }) {
  const { health, count } = props;
  const classes = useStyles();
  const colors = usePartStyles();
  const look = health === 'unknown' ? classes.unknown : colors[health];
  return (
    <span
      className={`${classes.part} ${look}`}
      style={{ flex: `${count} 0 0` }}
    />
  );
}
