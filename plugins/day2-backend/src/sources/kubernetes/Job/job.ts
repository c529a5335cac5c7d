import {
  at,
  conditionEvidence,
  controllerOf,
  count,
  flag,
  JudgeContext,
  Judgement,
  KindDefinition,
  map,
  moment,
  ObjectRecord,
  pruneStatus,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { PodFields } from '../Pod/types';
import { judgePod } from '../pods/judgePod';
import { podEvidence } from '../pods/podEvidence';
import { pruneTemplate } from '../workloads/pruneTemplate';
import { judgeJob } from './judgeJob';
import { JobFields } from './types';

/**
 * A Job is an item unless a CronJob made it, which then shows it as a run. Conditions:
 * https://kubernetes.io/docs/concepts/workloads/controllers/job/#terminal-job-conditions
 */
export const jobKind: KindDefinition<JobFields> = {
  group: 'batch',
  kind: 'Job',
  plural: 'jobs',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['Pod'],
  isItem: ({ head }) => {
    const controller = controllerOf(head);
    return !(controller?.kind === 'CronJob' && controller.group === 'batch');
  },
};

function prune(object: UntrustedObject): JobFields {
  const status = map(at(object, 'status'));
  const { conditions, malformed = [] } = pruneStatus(object);
  const wrong = [...malformed];
  const read = (path: string, fallback: number) => {
    const value = at(object, ...path.split('.'));
    const number = count(value);
    if (value !== undefined && number === undefined) {
      wrong.push(path);
    }
    return number ?? fallback;
  };
  const startedAt = moment(at(status, 'startTime'));
  const completedAt = moment(at(status, 'completionTime'));
  const template = pruneTemplate(at(object, 'spec', 'template'));
  return {
    active: read('status.active', 0),
    succeeded: read('status.succeeded', 0),
    failed: read('status.failed', 0),
    completions: read('spec.completions', 1),
    backoffLimit: read('spec.backoffLimit', 6),
    suspendedBySpec: flag(at(object, 'spec', 'suspend')) ?? false,
    hasStatus: Object.keys(status).length > 0,
    images: template.containers.map(({ image }) => image),
    claims: template.claims,
    ...(startedAt !== undefined && { startedAt }),
    ...(completedAt !== undefined && { completedAt }),
    ...(conditions && { conditions }),
    ...(wrong.length > 0 && { malformed: wrong }),
  };
}

function judge(
  record: ObjectRecord<JobFields>,
  context: JudgeContext,
): Judgement {
  const { fields } = record;
  const findings = context.lookup
    .ownedBy<PodFields>('Pod', record.head.uid)
    .map(pod => judgePod(pod, context.now));
  const conditions = conditionEvidence(fields.conditions);
  const dueTimes = findings
    .map(({ dueAt }) => dueAt)
    .filter(time => time !== undefined);
  return {
    ...judgeJob(record, findings),
    ...(dueTimes.length > 0 && { dueAt: Math.min(...dueTimes) }),
    evidence: {
      ...(findings.length > 0 && { pods: podEvidence(findings) }),
      ...(conditions && { conditions }),
    },
  };
}
