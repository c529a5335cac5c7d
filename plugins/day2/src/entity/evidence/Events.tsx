import { ItemEvents } from '@day2ops/backstage-plugin-day2-common';
import { ActionButton } from '../../components/ActionButton';
import { Time } from '../../components/Time';
import { OnDemandState } from '../../hooks/useOnDemand';
import { useText } from '../../hooks/useText';
import { Problem } from './Problem';
import { ScrollTable } from './ScrollTable';
import { Section } from './Section';
import { useEvidenceStyles } from './useEvidenceStyles';
import { useTableStyles } from './useTableStyles';

/** What Kubernetes recorded of an item in about the last hour. */
export function Events(props: {
  state: Exclude<OnDemandState<ItemEvents>, { status: 'idle' }>;
  onRetry: () => void;
}) {
  const { state, onRetry } = props;
  const t = useText();
  const title = t('evidence.events');
  return (
    <Section title={title}>
      {state.status === 'loading' && (
        <p role="status">{t('evidence.loading', { what: title })}</p>
      )}
      {state.status === 'failed' && (
        <p role="alert">
          {t('evidence.failed', { message: state.error.message })}{' '}
          <ActionButton bare onClick={onRetry}>
            {t('state.error.retry')}
          </ActionButton>
        </p>
      )}
      {state.status === 'done' && <EventTable answer={state.value} />}
    </Section>
  );
}

function EventTable(props: { answer: ItemEvents }) {
  const { events, problem, truncated } = props.answer;
  const classes = useEvidenceStyles();
  const table = useTableStyles();
  const t = useText();
  return (
    <>
      {problem && <Problem problem={problem} />}
      {events.length === 0 && !problem && <p>{t('evidence.noEvents')}</p>}
      {events.length > 0 && (
        <ScrollTable
          name={t('evidence.events')}
          columns={[
            t('evidence.event'),
            t('evidence.message'),
            t('evidence.object'),
            t('evidence.count'),
            t('evidence.lastSeen'),
          ]}
        >
          {events.map((event, index) => (
            <tr key={index}>
              <td className={table.noWrap}>{event.reason}</td>
              <td>{event.message}</td>
              <td>{event.object}</td>
              <td>{event.count}</td>
              <td>{event.lastSeenAt && <Time at={event.lastSeenAt} />}</td>
            </tr>
          ))}
        </ScrollTable>
      )}
      {truncated && (
        <p className={classes.muted}>{t('evidence.eventsTruncated')}</p>
      )}
    </>
  );
}
