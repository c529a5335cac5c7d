import { Evidence, Item } from '@day2ops/backstage-plugin-day2-common';
import { HealthIcon } from '../../components/HealthIcon';
import { RichText } from '../../components/RichText';
import { Time } from '../../components/Time';
import { Text, useText } from '../../hooks/useText';
import { useTimeText } from '../../time/useTimeText';
import { imageName } from '../imageName';
import { ScrollTable } from './ScrollTable';
import { Section } from './Section';
import { useEvidenceStyles } from './useEvidenceStyles';
import { useTableStyles } from './useTableStyles';

type Part<K extends keyof Evidence> = NonNullable<Evidence[K]>;

/** What changed last before the trouble. */
export function Change(props: {
  change: Part<'change'>;
  since: Item['since'];
}) {
  const { change, since } = props;
  const t = useText();
  const time = useTimeText();
  const at = Date.parse(change.at);
  const earlier = since ? Date.parse(since) - at : -1;
  const values = {
    clock: time.clock(at),
    to: imageName(change.to),
    from: change.from ? imageName(change.from) : t('health.dash'),
    before: time.duration(earlier),
  };
  const text = change.from
    ? t('evidence.changed', values)
    : t('evidence.changedNew', values);
  return (
    <Section title={t('evidence.change')}>
      <p>
        <RichText>
          {earlier >= 0 ? text : t('evidence.changedAfter', values)}
        </RichText>
      </p>
    </Section>
  );
}

/** What each container asks for and may use. */
export function Resources(props: { resources: Part<'resources'> }) {
  const { resources } = props;
  const classes = useEvidenceStyles();
  const t = useText();
  return (
    <>
      {resources.map(({ container, image, requests, limits }) => (
        <Section key={container} title={t('evidence.limits', { container })}>
          {[...new Set(['memory', 'cpu', ...Object.keys(limits)])].map(name => (
            <p key={name}>
              <RichText>
                {t('evidence.resource', {
                  resource: resourceName(t, name),
                  request: requests[name] ?? t('evidence.noRequest'),
                  limit: limits[name] ?? t('evidence.noLimit'),
                })}
              </RichText>
            </p>
          ))}
          {image && (
            <p className={classes.muted} title={image}>
              <RichText plain>
                {t('evidence.image', { image: imageName(image) })}
              </RichText>
            </p>
          )}
        </Section>
      ))}
    </>
  );
}

function resourceName(t: Text, name: string): string {
  const known = name === 'cpu' || name === 'memory';
  return known ? t(`evidence.${name}`) : name;
}

/** Conditions as Kubernetes keeps them: what every kind has. */
export function Conditions(props: { conditions: Part<'conditions'> }) {
  const table = useTableStyles();
  const t = useText();
  const title = t('evidence.conditions');
  return (
    <Section title={title}>
      <ScrollTable
        name={title}
        columns={[
          t('evidence.condition'),
          t('evidence.status'),
          t('evidence.reason'),
          t('evidence.message'),
          t('evidence.lastChange'),
        ]}
      >
        {props.conditions.map(condition => (
          <tr key={condition.type}>
            <td className={table.noWrap}>{condition.type}</td>
            <td>{condition.status}</td>
            <td>{condition.reason ?? t('health.dash')}</td>
            <td>{condition.message ?? t('health.dash')}</td>
            <td>
              {condition.lastTransitionTime && (
                <Time at={condition.lastTransitionTime} />
              )}
            </td>
          </tr>
        ))}
      </ScrollTable>
    </Section>
  );
}

/** Did the last runs work? */
export function Runs(props: { runs: Part<'runs'> }) {
  const t = useText();
  return (
    <Section title={t('evidence.runs')}>
      <p>
        {props.runs.map(run => (
          <HealthIcon
            key={run.name}
            health={run.health}
            label={t('evidence.run', {
              name: run.name,
              health: t(`health.name.${run.health}`),
            })}
          />
        ))}
      </p>
    </Section>
  );
}

/** When it should run, and when it did. */
export function Schedule(props: { schedule: Part<'schedule'> }) {
  const { cron, timeZone, lastDueAt, lastRunAt, nextDueAt, missed } =
    props.schedule;
  const classes = useEvidenceStyles();
  const t = useText();
  const time = useTimeText();
  return (
    <Section title={t('evidence.schedule')}>
      <p>
        <RichText>
          {timeZone
            ? t('evidence.cronZone', { cron, timeZone })
            : t('evidence.cron', { cron })}
        </RichText>
      </p>
      <p className={classes.small}>
        {t('evidence.lastDue')}:{' '}
        {lastDueAt ? <Time at={lastDueAt} /> : t('time.never')}
        {' · '}
        {t('evidence.lastRun')}:{' '}
        {lastRunAt ? <Time at={lastRunAt} /> : t('time.never')}
        {nextDueAt && (
          <>
            {' · '}
            {t('evidence.nextDue')}: {time.clock(Date.parse(nextDueAt))}
          </>
        )}
      </p>
      {missed !== undefined && missed > 0 && (
        <p>{t('evidence.missed', { count: missed })}</p>
      )}
    </Section>
  );
}

/** How many there are, how many are wanted, and why. */
export function Scale(props: { scale: Part<'scale'> }) {
  const { current, desired, min, max, metrics } = props.scale;
  const classes = useEvidenceStyles();
  const t = useText();
  return (
    <Section title={t('evidence.scale')}>
      <p>
        {t('evidence.scaleNow', {
          current: `${current}`,
          desired: `${desired}`,
          min: `${min}`,
          max: `${max}`,
        })}
      </p>
      {metrics.map(metric => (
        <p key={metric.name} className={classes.small}>
          {metric.current === undefined
            ? t('evidence.metricUnknown', metric)
            : t('evidence.metric', { ...metric, current: metric.current })}
        </p>
      ))}
    </Section>
  );
}

/** Use against a limit. */
export function Usage(props: { usage: Part<'usage'> }) {
  const t = useText();
  return (
    <Section title={t('evidence.usage')}>
      {props.usage.map(({ resource, used, hard }) => (
        <p key={resource}>{t('evidence.used', { resource, used, hard })}</p>
      ))}
    </Section>
  );
}

/** Anything else worth a line. */
export function PlainFacts(props: { facts: Part<'facts'> }) {
  const t = useText();
  return (
    <Section title={t('evidence.facts')}>
      {props.facts.map(({ label, value }) => (
        <p key={label}>
          {label}: <RichText plain>{value}</RichText>
        </p>
      ))}
    </Section>
  );
}
