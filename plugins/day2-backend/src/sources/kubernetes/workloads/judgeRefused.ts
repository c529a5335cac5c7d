import {
  closeSentence,
  findCondition,
  Judgement,
  verdict,
} from '@day2ops/backstage-plugin-day2-node';
import { readyText, WorkloadView } from './viewWorkload';

/** `ReplicaFailure`: the API server refuses to create (or delete) pods. */
export function judgeRefused(view: WorkloadView): Judgement | undefined {
  const failure = findCondition(view.fields.conditions, 'ReplicaFailure');
  if (failure?.status !== 'True') {
    return undefined;
  }
  const { message = failure.reason ?? '' } = failure;
  const quota = /exceeded quota: ([\w.-]+)/.exec(message)?.[1];
  const cause = message.replace(
    /^(?:Error creating: )?pods "[^"]*" is forbidden: /,
    '',
  );
  const why = quota
    ? `quota \`${quota}\` is used up.`
    : closeSentence(cause, 80);
  return verdict(
    view.steady === 0 ? 'critical' : 'degraded',
    quota ? 'QuotaExceeded' : 'ReplicaFailure',
    {
      message: `Pods cannot be created: ${why} ${readyText(view)}`,
      params: {
        ready: view.ready,
        desired: view.desired,
        ...(quota && { quota }),
      },
      since: failure.since,
    },
  );
}
