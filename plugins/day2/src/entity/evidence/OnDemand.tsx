import { ReactNode, useCallback, useState } from 'react';
import Description from '@material-ui/icons/Description';
import Event from '@material-ui/icons/Event';
import { useApi } from '@backstage/core-plugin-api';
import { Item, PodEvidence } from '@day2ops/backstage-plugin-day2-common';
import { day2ApiRef } from '../../api/types';
import { ActionButton } from '../../components/ActionButton';
import { useOnDemand } from '../../hooks/useOnDemand';
import { useText } from '../../hooks/useText';
import { Events } from './Events';
import { Logs } from './Logs';
import { LogChoice } from './types';
import { useEvidenceStyles } from './useEvidenceStyles';

/** Links to tools, and what is loaded from the cluster only when a person asks for it. */
export function OnDemand(props: {
  entityRef: string;
  item: Item;
  children: ReactNode;
}) {
  const { entityRef, item, children } = props;
  const classes = useEvidenceStyles();
  const t = useText();
  const api = useApi(day2ApiRef);
  const pods = item.evidence.pods?.worst ?? [];
  const [choice, setChoice] = useState<LogChoice | undefined>(
    firstChoice(pods),
  );
  const [events, loadEvents] = useOnDemand(
    useCallback(
      () => api.getEvents(entityRef, item.id),
      [api, entityRef, item.id],
    ),
  );
  const [logs, loadLogs] = useOnDemand(
    useCallback(
      (wanted: LogChoice) =>
        api.getLogs({ entityRef, itemId: item.id, ...wanted }),
      [api, entityRef, item.id],
    ),
  );
  const choose = (wanted: LogChoice) => {
    setChoice(wanted);
    loadLogs(wanted);
  };
  return (
    <>
      <div className={classes.links}>
        {children}
        {choice && (
          <ActionButton bare icon={Description} onClick={() => choose(choice)}>
            {t('evidence.loadLogs')}
          </ActionButton>
        )}
        <ActionButton bare icon={Event} onClick={() => loadEvents()}>
          {t('evidence.loadEvents')}
        </ActionButton>
      </div>
      {choice && logs.status !== 'idle' && (
        <Logs state={logs} pods={pods} choice={choice} onChoose={choose} />
      )}
      {events.status !== 'idle' && (
        <Events state={events} onRetry={() => loadEvents()} />
      )}
    </>
  );
}

/** The container that is worst in the worst pod, before its last restart when it does not run. */
function firstChoice(pods: readonly PodEvidence[]): LogChoice | undefined {
  const pod = pods.find(each => each.containers.length > 0);
  if (!pod) {
    return undefined;
  }
  const container =
    pod.containers.find(each => each.health !== 'healthy') ?? pod.containers[0];
  const previous = container.state === 'waiting' && container.restarts > 0;
  return { pod: pod.name, container: container.name, previous };
}
