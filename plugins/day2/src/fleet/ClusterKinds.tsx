import { useState } from 'react';
import Checkbox from '@material-ui/core/Checkbox';
import { makeStyles } from '@material-ui/core/styles';
import { Cluster, ClusterKind } from '@day2ops/backstage-plugin-day2-common';
import { ActionButton } from '../components/ActionButton';
import { HealthLabel } from '../components/HealthLabel';
import { RichText } from '../components/RichText';
import { Time } from '../components/Time';
import { Text, useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { kindHealth } from './clusterHealth';

const shownKinds = 8;

const useStyles = makeStyles(theme => {
  const { line, lineStrong, muted, row, focus } = tokens(theme);
  return {
    root: { borderTop: `1px solid ${line}` },
    head: {
      display: 'flex',
      alignItems: 'center',
      justifyContent: 'space-between',
      padding: '8px 16px 0',
    },
    title: {
      fontSize: 12,
      fontWeight: 700,
      letterSpacing: 0.4,
      textTransform: 'uppercase',
      color: muted,
    },
    check: { fontSize: 13, cursor: 'pointer' },
    scroll: {
      overflowX: 'auto',
      '&:focus-visible': { outline: `2px solid ${focus}` },
    },
    table: {
      borderCollapse: 'collapse',
      width: '100%',
      minWidth: 860,
      '& th, & td': {
        padding: '6px 12px',
        textAlign: 'left',
        borderBottom: `1px solid ${line}`,
      },
      '& th': {
        fontWeight: 500,
        fontSize: 12.5,
        color: muted,
        borderBottomColor: lineStrong,
        whiteSpace: 'nowrap',
      },
      '& th:first-child, & td:first-child': { paddingLeft: 16 },
      '& td:last-child': { minWidth: 240 },
      '& tbody tr:nth-child(odd)': { backgroundColor: row },
      '& tbody tr:last-child td': { borderBottom: 0 },
    },
    kind: { fontWeight: 600 },
    group: { fontSize: 12, color: muted },
    number: { textAlign: 'right !important' as 'right' },
    foot: {
      borderTop: `1px solid ${line}`,
      padding: '9px 16px',
      fontSize: 13,
      color: muted,
      display: 'flex',
      flexWrap: 'wrap',
      gap: 16,
      justifyContent: 'space-between',
    },
  };
});

/** How fresh each kind is; kinds that the cluster does not have are named below. */
export function ClusterKinds(props: { cluster: Cluster }) {
  const { cluster } = props;
  const classes = useStyles();
  const t = useText();
  const [problemsFirst, setProblemsFirst] = useState(true);
  const [all, setAll] = useState(false);
  const absent = cluster.kinds.filter(({ state }) => state === 'absent');
  const present = cluster.kinds.filter(({ state }) => state !== 'absent');
  const kinds = problemsFirst ? [...present].sort(byTrouble) : present;
  const shown = all ? kinds : kinds.slice(0, leastShown(kinds));
  const more = kinds.length - shown.length;
  return (
    <div className={classes.root}>
      <div className={classes.head}>
        <p className={classes.title}>{t('clusters.freshness')}</p>
        <label className={classes.check}>
          <Checkbox
            size="small"
            color="primary"
            checked={problemsFirst}
            onChange={event => setProblemsFirst(event.target.checked)}
          />
          {t('clusters.problemsFirst')}
        </label>
      </div>
      <KindTable cluster={cluster} kinds={shown} />
      {(more > 0 || all || absent.length > 0) && (
        <div className={classes.foot}>
          {more > 0 || (all && kinds.length > shownKinds) ? (
            <ActionButton bare expanded={all} onClick={() => setAll(!all)}>
              {all
                ? t('clusters.fewerKinds')
                : t('clusters.moreKinds', { count: more })}
            </ActionButton>
          ) : (
            <span />
          )}
          {absent.length > 0 && (
            <span>
              {t('clusters.notInstalled', {
                kinds: absent.map(({ kind }) => kind).join(', '),
              })}
            </span>
          )}
        </div>
      )}
    </div>
  );
}

function byTrouble(a: ClusterKind, b: ClusterKind): number {
  return (a.state === 'synced' ? 1 : 0) - (b.state === 'synced' ? 1 : 0);
}

/** Everything that has trouble is shown without asking. */
function leastShown(kinds: readonly ClusterKind[]): number {
  const last = kinds.map(({ state }) => state !== 'synced').lastIndexOf(true);
  return Math.max(shownKinds, last + 1);
}

function KindTable(props: { cluster: Cluster; kinds: readonly ClusterKind[] }) {
  const { cluster, kinds } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <div
      className={classes.scroll}
      role="group"
      aria-label={t('evidence.table', { name: t('clusters.freshness') })}
      // What scrolls must be reachable without a pointer.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={classes.table}>
        <thead>
          <tr>
            <th scope="col">{t('clusters.source')}</th>
            <th scope="col">{t('clusters.kind')}</th>
            <th scope="col">{t('clusters.state')}</th>
            <th scope="col" className={classes.number}>
              {t('clusters.objects')}
            </th>
            <th scope="col">{t('clusters.lastHeard')}</th>
            <th scope="col">{t('clusters.whatToDo')}</th>
          </tr>
        </thead>
        <tbody>
          {kinds.map(kind => (
            <tr key={`${kind.source} ${kind.group} ${kind.kind}`}>
              <td>{kind.source}</td>
              <td>
                <span className={classes.kind}>{kind.kind}</span>{' '}
                <span className={classes.group}>{kind.group}</span>
              </td>
              <td>
                <HealthLabel {...kindHealth(kind, cluster)} />
              </td>
              <td className={classes.number}>
                {kind.lastContactAt ? kind.objects : t('health.dash')}
              </td>
              <td>
                {kind.lastContactAt ? (
                  <Time at={kind.lastContactAt} />
                ) : (
                  t('time.never')
                )}
              </td>
              <td>
                <RichText plain>{whatToDo(t, kind)}</RichText>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function whatToDo(t: Text, kind: ClusterKind): string {
  const step =
    kind.state === 'synced' ? '' : t(`clusters.kindState.${kind.state}`);
  const message =
    kind.state === 'backoff' || kind.state === 'unsupported'
      ? kind.message
      : '';
  const aside =
    kind.quarantined > 0
      ? t('clusters.quarantined', { count: kind.quarantined })
      : '';
  return [message, step, aside].filter(Boolean).join(' ');
}
