import {
  ContainerEvidence,
  Evidence,
  healths,
  PodEvidence,
} from '@day2ops/backstage-plugin-day2-common';
import { HealthIcon } from '../../components/HealthIcon';
import { Mark } from '../../components/Mark';
import { RichText } from '../../components/RichText';
import { Text, useText } from '../../hooks/useText';
import { TimeText, useTimeText } from '../../time/useTimeText';
import { ScrollTable } from './ScrollTable';
import { Section } from './Section';
import { useEvidenceStyles } from './useEvidenceStyles';
import { useTableStyles } from './useTableStyles';

/** The worst pods with each of their containers, and how the others are. */
export function Pods(props: { pods: NonNullable<Evidence['pods']> }) {
  const { pods } = props;
  const classes = useEvidenceStyles();
  const t = useText();
  const rest = restCounts(t, pods);
  return (
    <Section title={t('pods.title')}>
      {pods.worst.length > 0 && (
        <ScrollTable
          name={t('pods.title')}
          columns={[
            t('pods.pod'),
            t('pods.node'),
            t('pods.container'),
            t('pods.stateNow'),
            t('pods.restarts'),
            t('pods.lastExit'),
          ]}
        >
          {pods.worst.map(pod => (
            <PodRows key={pod.name} pod={pod} />
          ))}
        </ScrollTable>
      )}
      <p className={classes.muted}>
        {t('pods.sentence', { count: pods.total, ready: `${pods.ready}` })}.{' '}
        {rest && t('pods.others', { counts: rest })}
      </p>
    </Section>
  );
}

function restCounts(t: Text, pods: NonNullable<Evidence['pods']>) {
  return [...healths]
    .reverse()
    .map(health => {
      const shown = pods.worst.filter(pod => pod.health === health).length;
      return { health, count: (pods.counts[health] ?? 0) - shown };
    })
    .filter(({ count }) => count > 0)
    .map(({ health, count }) =>
      t('pods.count', { n: `${count}`, health: t(`health.lower.${health}`) }),
    )
    .join(', ');
}

function PodRows(props: { pod: PodEvidence }) {
  const { pod } = props;
  const classes = useEvidenceStyles();
  const table = useTableStyles();
  const t = useText();
  const [first, ...others] = pod.containers;
  const span = Math.max(1, pod.containers.length);
  return (
    <>
      <tr>
        <td rowSpan={span} className={table.mono}>
          <PodName name={pod.name} />
        </td>
        <td rowSpan={span} className={table.noWrap}>
          {pod.node ?? t('pods.none')}
        </td>
        {first ? (
          <ContainerCells container={first} />
        ) : (
          <>
            <td className={classes.muted}>{t('pods.noContainers')}</td>
            <td colSpan={3}>
              <HealthIcon health={pod.health} size={16} />{' '}
              <RichText plain>{pod.message}</RichText>
            </td>
          </>
        )}
      </tr>
      {others.map(container => (
        <tr key={container.name}>
          <ContainerCells container={container} />
        </tr>
      ))}
    </>
  );
}

/** The end of a pod's name tells it from the others; the whole is on hover. */
function PodName(props: { name: string }) {
  const parts = props.name.split('-');
  const last = parts.pop() ?? '';
  const before = parts.join('-');
  const short = before.length > 6 ? `…${before.slice(-2)}` : before;
  return (
    <span title={props.name}>
      {short && `${short}-`}
      <b>{last}</b>
    </span>
  );
}

function ContainerCells(props: { container: ContainerEvidence }) {
  const { container } = props;
  const table = useTableStyles();
  const t = useText();
  const time = useTimeText();
  const { role } = container;
  return (
    <>
      <td>
        <code className={table.mono}>{container.name}</code>{' '}
        {role !== 'container' && <Mark>{t(`pods.${role}Role`)}</Mark>}
      </td>
      <td>
        <HealthIcon health={container.health} size={16} />{' '}
        <RichText>{stateText({ t, time, container })}</RichText>
      </td>
      <td className={container.restarts > 0 ? table.number : undefined}>
        {container.restarts}
      </td>
      <td>
        <RichText>{exitText({ t, time, container })}</RichText>
      </td>
    </>
  );
}

interface Words {
  t: Text;
  time: TimeText;
  container: ContainerEvidence;
}

function stateText({ t, time, container }: Words): string {
  const { state, reason, ready, startedAt } = container;
  if (state !== 'running') {
    return reason ? t('pods.state', { state, reason }) : state;
  }
  if (!startedAt) {
    return t(ready ? 'pods.runningPlain' : 'pods.notReadyPlain');
  }
  const duration = time.since(Date.parse(startedAt));
  return t(ready ? 'pods.running' : 'pods.notReady', { duration });
}

function exitText({ t, time, container }: Words): string {
  const exit = container.lastExit;
  if (!exit) {
    return t('pods.none');
  }
  const code = exit.code === undefined ? t('health.dash') : `${exit.code}`;
  const reason = exit.reason ?? t('health.dash');
  if (!exit.finishedAt) {
    return t('pods.exitPlain', { reason, code });
  }
  const finished = Date.parse(exit.finishedAt);
  const ago = time.ago(finished);
  if (!exit.startedAt) {
    return t('pods.exit', { reason, code, ago });
  }
  const duration = time.duration(finished - Date.parse(exit.startedAt));
  return t('pods.exitAfter', { reason, code, duration, ago });
}
