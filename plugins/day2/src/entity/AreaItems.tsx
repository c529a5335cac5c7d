import { makeStyles } from '@material-ui/core/styles';
import { Item, PodEvidence } from '@day2ops/backstage-plugin-day2-common';
import { HealthIcon } from '../components/HealthIcon';
import { healthText } from '../components/HealthLabel';
import { Reason } from '../components/Reason';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { LastKnownText } from './LastKnownText';
import { AreaSummary } from './reportAreas';

const shownItems = 4;
const shownPods = 12;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    gap: 11,
    padding: '14px var(--day2-gutter, 16px)',
  },
  item: { display: 'flex', gap: 10, alignItems: 'flex-start' },
  text: { flex: 1, minWidth: 0 },
  name: { overflowWrap: 'anywhere', '& b': { fontWeight: 600 } },
  place: { color: tokens(theme).muted, fontSize: 12 },
  reason: { fontSize: 13 },
  pods: { display: 'flex', alignItems: 'center', gap: 4, marginTop: 4 },
  podsText: { marginLeft: 6, fontSize: 12, color: tokens(theme).muted },
}));

/** The worst things of one area, and how many there are besides. */
export function AreaItems(props: { summary: AreaSummary }) {
  const { items } = props.summary;
  const classes = useStyles();
  const t = useText();
  const shown =
    items.length > shownItems ? items.slice(0, shownItems - 1) : items;
  const rest = items.slice(shown.length);
  return (
    <ul className={classes.root}>
      {shown.map(item => (
        <AreaItem key={item.id} item={item} />
      ))}
      {rest.length > 0 && (
        <li className={classes.item}>
          <HealthIcon
            health={rest[0].health}
            label={t(`health.name.${rest[0].health}`)}
          />
          <div className={classes.text}>
            <p className={classes.name}>
              <b>{t('card.more', { count: rest.length })}</b>
            </p>
          </div>
        </li>
      )}
    </ul>
  );
}

function AreaItem(props: { item: Item }) {
  const { item } = props;
  const classes = useStyles();
  const t = useText();
  const { pods } = item.evidence;
  return (
    <li className={classes.item}>
      <HealthIcon health={item.health} label={healthText(t, item)} />
      <div className={classes.text}>
        <p className={classes.name}>
          <b>
            {item.kind} {item.name}
          </b>{' '}
          <span className={classes.place}>{item.environment}</span>
        </p>
        <div className={classes.reason}>
          {item.lastKnown ? (
            <LastKnownText item={item} />
          ) : (
            <Reason verdict={item} />
          )}
        </div>
        {pods && pods.total > 0 && <PodIcons pods={pods} />}
      </div>
    </li>
  );
}

function PodIcons(props: { pods: NonNullable<Item['evidence']['pods']> }) {
  const { pods } = props;
  const classes = useStyles();
  const t = useText();
  const shown = pods.worst.slice(0, shownPods);
  const nodes = new Set(shown.map(pod => pod.node).filter(Boolean)).size;
  const complete = shown.length === pods.total && nodes > 0;
  const count = t('pods.sentence', {
    count: pods.total,
    ready: `${pods.ready}`,
  });
  return (
    <div className={classes.pods}>
      {shown.map(pod => (
        <HealthIcon
          key={pod.name}
          health={pod.health}
          size={16}
          label={podLabel(pod)}
        />
      ))}
      <span className={classes.podsText}>
        {complete ? `${count}, ${t('pods.nodes', { count: nodes })}` : count}
      </span>
    </div>
  );
}

function podLabel(pod: PodEvidence): string {
  return `${pod.name.split('-').pop()}: ${pod.reason}`;
}
