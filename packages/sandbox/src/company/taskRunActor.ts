import { createController, ownerKey } from '../actors/controller';
import { isTrue } from '../actors/conditions';
import { controllerReference } from '../actors/pods';
import { timestamp } from '../actors/time';
import type { Actor, ActorContext } from '../actors/types';
import type { KubernetesObject } from '../cluster/types';
import { TASK_RUN_GROUP } from './taskRuns';

const SOURCE = 'taskrun-controller';
const AGENT_IMAGE = 'ghcr.io/5dlabs/coding-agent:0.4.2';

function createJob(context: ActorContext, run: KubernetesObject) {
  const { name, namespace, labels } = run.metadata;
  const taskId = String(run.spec?.taskId ?? '');
  const own = {
    ...labels,
    app: 'coding-agent',
    'task-id': taskId,
  };
  context.store.create({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      namespace,
      labels: own,
      ownerReferences: [controllerReference(run)],
    },
    spec: {
      backoffLimit: 1,
      completions: 1,
      parallelism: 1,
      template: {
        metadata: { labels: own },
        spec: {
          restartPolicy: 'Never',
          terminationGracePeriodSeconds: 30,
          containers: [
            {
              name: 'agent',
              image: AGENT_IMAGE,
              args: ['run', `--service=${run.spec?.serviceName}`],
              resources: {
                requests: { cpu: '500m', memory: '1Gi' },
                limits: { memory: '2Gi' },
              },
            },
          ],
        },
      },
    },
  });
  context.events.record({
    object: run,
    type: 'Normal',
    reason: 'JobCreated',
    message: `Created job ${name}`,
    source: SOURCE,
  });
}

function phaseOf(job: KubernetesObject | undefined): {
  phase: string;
  message: string;
} {
  const conditions = job?.status?.conditions;
  if (isTrue(conditions, 'Complete')) {
    return { phase: 'Succeeded', message: 'Task completed' };
  }
  if (isTrue(conditions, 'Failed')) {
    return {
      phase: 'Failed',
      message: 'Agent failed: Job has reached the specified backoff limit',
    };
  }
  return job?.status?.active
    ? { phase: 'Running', message: 'Agent is working' }
    : { phase: 'Pending', message: 'Waiting for the agent to start' };
}

function reconcile(context: ActorContext, run: KubernetesObject) {
  const { namespace, name } = run.metadata;
  if (run.metadata.deletionTimestamp) return undefined;
  const job = context.cache.get('Job', namespace, name);
  const ended = ['Succeeded', 'Failed'].includes(run.status?.phase);
  if (!job && !ended) {
    createJob(context, run);
    return 1_000;
  }
  if (ended) return undefined;
  const { phase, message } = phaseOf(job);
  if (run.status?.phase === phase) return undefined;
  context.store.modify(
    { group: TASK_RUN_GROUP, kind: 'TaskRun', namespace, name },
    object => {
      object.status = {
        ...object.status,
        phase,
        message,
        jobName: name,
        attempts: (job?.status?.failed ?? 0) + (job?.status?.active ?? 0) || 1,
        lastUpdated: timestamp(context.clock.now()),
      };
    },
    { status: true },
  );
  return undefined;
}

/** The operator of the 5D Labs orchestrator: a Job for each TaskRun, and its phase. */
export function createTaskRunActor(context: ActorContext): Actor {
  return createController(context, {
    name: SOURCE,
    kind: 'TaskRun',
    related: (object, kind) =>
      kind === 'Job' ? [ownerKey(object, 'TaskRun')] : [],
    reconcile: run => reconcile(context, run),
  });
}
