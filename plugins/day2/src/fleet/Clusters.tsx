import { useMemo } from 'react';
import DnsOutlined from '@material-ui/icons/DnsOutlined';
import Power from '@material-ui/icons/Power';
import { makeStyles } from '@material-ui/core/styles';
import {
  Cluster,
  ClusterList,
  sortRank,
} from '@day2ops/backstage-plugin-day2-common';
import { Announcer } from '../components/Announcer';
import { Body, Panel } from '../components/frame';
import { Message } from '../components/Message';
import { RichText } from '../components/RichText';
import { StateBody } from '../components/StateBody';
import { useClusters } from '../hooks/useClusters';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { clusterHealth } from './clusterHealth';
import { ClusterPanel } from './ClusterPanel';

const useStyles = makeStyles(theme => ({
  counts: {
    padding: '14px 16px 12px',
    display: 'flex',
    alignItems: 'baseline',
    flexWrap: 'wrap',
    fontSize: 15,
    '& b': { fontSize: 24, fontWeight: 700, marginRight: 2 },
  },
  dot: { color: tokens(theme).muted, margin: '0 12px' },
}));

/** Which clusters can we see, how fresh, and what is missing to see more? */
export function Clusters() {
  const live = useClusters();
  return (
    <Body page>
      <StateBody live={live} page>
        {list => <ClustersBody list={list} />}
      </StateBody>
    </Body>
  );
}

function ClustersBody(props: { list: ClusterList }) {
  const { items, problem } = props.list;
  const clusters = useMemo(() => [...items].sort(silentFirst), [items]);
  const things = useMemo(
    () =>
      items.map(cluster => ({
        key: cluster.name,
        name: cluster.title ?? cluster.name,
        health: clusterHealth(cluster).health,
      })),
    [items],
  );
  return (
    <>
      <Announcer things={things} />
      {problem && <ProblemPanel problem={problem} />}
      {!problem && items.length === 0 && <NoClusters />}
      {items.length > 0 && <Counts clusters={items} />}
      {clusters.map(cluster => (
        <ClusterPanel key={cluster.name} cluster={cluster} />
      ))}
    </>
  );
}

/** What cannot be seen stands first, since all else may depend on it. */
function silentFirst(a: Cluster, b: Cluster): number {
  const blind = (cluster: Cluster) =>
    cluster.state === 'silent' || cluster.state === 'unauthenticated' ? 1 : 0;
  return (
    blind(b) - blind(a) ||
    sortRank(clusterHealth(b).health) - sortRank(clusterHealth(a).health) ||
    a.name.localeCompare(b.name)
  );
}

function ProblemPanel(props: { problem: NonNullable<ClusterList['problem']> }) {
  const t = useText();
  return (
    <Panel>
      <Message icon={Power} title={t('state.kubernetesMissing.title')}>
        <RichText plain>{props.problem.message}</RichText>
      </Message>
    </Panel>
  );
}

function NoClusters() {
  const t = useText();
  return (
    <Panel>
      <Message icon={DnsOutlined} title={t('state.noClusters.title')}>
        <RichText>{t('state.noClusters.body')}</RichText>
      </Message>
    </Panel>
  );
}

function Counts(props: { clusters: readonly Cluster[] }) {
  const { clusters } = props;
  const classes = useStyles();
  const t = useText();
  const count = (...states: Cluster['state'][]) =>
    clusters.filter(({ state }) => states.includes(state)).length;
  const watched = count('connected');
  const gaps = clusters.filter(
    ({ state, missingRules }) => state === 'connected' && missingRules,
  ).length;
  const silent = count('silent', 'unauthenticated');
  const cannot = count('clientAuth', 'neverSynced');
  const sentences: string[] = [
    t('clusters.watched', { count: watched, total: `${clusters.length}` }),
    gaps > 0 && t('clusters.gaps', { count: gaps }),
    silent > 0 && t('clusters.silentCount', { count: silent }),
    cannot > 0 && t('clusters.cannot', { count: cannot }),
  ].flatMap(text => text || []);
  return (
    <Panel label={t('fleet.summary')}>
      <p className={classes.counts}>
        {sentences.map((sentence, index) => (
          <span key={sentence}>
            {index > 0 && (
              <span className={classes.dot} aria-hidden>
                ·
              </span>
            )}
            <RichText>{sentence}</RichText>
          </span>
        ))}
      </p>
    </Panel>
  );
}
