import { Params } from '@day2ops/backstage-plugin-day2-common';
import {
  at,
  closeSentence,
  conditionEvidence,
  critical,
  degraded,
  findCondition,
  healthy,
  JudgeContext,
  Judgement,
  KindDefinition,
  ObjectRecord,
  progressing,
  pruneStatus,
  RecordLookup,
  StatusFields,
  text,
  UntrustedObject,
  warning,
} from '@day2ops/backstage-plugin-day2-node';
import { CronJobFields } from '../CronJob/types';
import { PodFields } from '../Pod/types';
import { WorkloadFields } from '../workloads/types';

/** A volume is made within this time, or something is wrong. */
const BINDING_MS = 2 * 60_000;
/** A pod that is meant to mount a claim comes within this time. */
const UNUSED_MS = 60 * 60_000;

interface PvcFields extends StatusFields {
  phase: string;
  storageClass: string;
  requested: string;
  capacity?: string;
  modes: string;
}

const workloadKinds = ['Deployment.apps', 'StatefulSet.apps', 'DaemonSet.apps'];
const jobKinds = ['Job.batch', 'CronJob.batch'];

/** Phases: https://kubernetes.io/docs/reference/kubernetes-api/config-and-storage-resources/persistent-volume-claim-v1/ */
export const persistentVolumeClaimKind: KindDefinition<PvcFields> = {
  group: '',
  kind: 'PersistentVolumeClaim',
  plural: 'persistentvolumeclaims',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune,
  rule: { judge },
  needs: ['Pod'],
  belongsThrough,
};

function prune(object: UntrustedObject): PvcFields {
  const { conditions, malformed } = pruneStatus(object);
  const modes = at(object, 'spec', 'accessModes');
  const capacity = text(at(object, 'status', 'capacity', 'storage'), 64);
  return {
    phase: text(at(object, 'status', 'phase'), 40) ?? '',
    storageClass: text(at(object, 'spec', 'storageClassName')) ?? '',
    requested:
      text(at(object, 'spec', 'resources', 'requests', 'storage'), 64) ?? '',
    modes: Array.isArray(modes) ? modes.slice(0, 4).map(String).join(', ') : '',
    ...(capacity && { capacity }),
    ...(conditions && { conditions }),
    ...(malformed && { malformed }),
  };
}

/** The workloads that mount it. */
function belongsThrough(
  { head }: ObjectRecord<PvcFields>,
  lookup: RecordLookup,
): ObjectRecord[] {
  const users: ObjectRecord[] = [];
  for (const kind of workloadKinds) {
    for (const workload of lookup.inNamespace<WorkloadFields>(
      kind,
      head.namespace,
    )) {
      if (mounts(workload.fields, head.name)) {
        users.push(workload);
      }
    }
  }
  for (const kind of jobKinds) {
    for (const job of lookup.inNamespace<Pick<CronJobFields, 'claims'>>(
      kind,
      head.namespace,
    )) {
      if (job.fields.claims.includes(head.name)) {
        users.push(job);
      }
    }
  }
  return users;
}

function mounts(
  { template, claimPrefixes = [] }: WorkloadFields,
  claim: string,
): boolean {
  return (
    template.claims.includes(claim) ||
    claimPrefixes.some(
      prefix =>
        claim.startsWith(prefix) && /^\d+$/.test(claim.slice(prefix.length)),
    )
  );
}

function judge(
  record: ObjectRecord<PvcFields>,
  context: JudgeContext,
): Judgement | undefined {
  const { fields } = record;
  const conditions = conditionEvidence(fields.conditions);
  const said =
    fields.phase === 'Bound'
      ? judgeBound(fields)
      : judgeUnbound(record, context);
  return (
    said && {
      ...said,
      evidence: {
        facts: [
          { label: 'Asks for', value: fields.requested || 'unknown' },
          { label: 'Has', value: fields.capacity ?? 'nothing' },
          { label: 'Storage class', value: fields.storageClass || 'none' },
          { label: 'Access', value: fields.modes || 'unknown' },
        ],
        ...(conditions && { conditions }),
      },
    }
  );
}

function judgeBound(fields: PvcFields): Judgement {
  const isTrue = (type: string) => {
    const condition = findCondition(fields.conditions, type);
    return condition?.status === 'True' ? condition : undefined;
  };
  const failed =
    isTrue('ControllerResizeError') ??
    isTrue('NodeResizeError') ??
    isTrue('ModifyVolumeError');
  if (failed) {
    return warning('ResizeFailed', {
      message: `Its volume cannot be changed: ${closeSentence(
        failed.message ?? failed.type,
        80,
      )}`,
      since: failed.since,
    });
  }
  const resizing =
    isTrue('Resizing') ??
    isTrue('FileSystemResizePending') ??
    isTrue('ModifyingVolume');
  if (resizing) {
    return progressing('Resizing', {
      message: `Is being resized to ${fields.requested} and has ${
        fields.capacity ?? 'nothing'
      } yet.`,
      since: resizing.since,
    });
  }
  return healthy('Bound', {
    message: fields.capacity
      ? `Is bound to a volume of ${fields.capacity}.`
      : 'Is bound to a volume.',
  });
}

function judgeUnbound(
  { fields, head }: ObjectRecord<PvcFields>,
  { lookup, now }: JudgeContext,
): Judgement | undefined {
  const params = {
    requested: fields.requested,
    storageClass: fields.storageClass,
  };
  if (fields.phase === 'Lost') {
    return critical('VolumeLost', {
      message: 'The volume that it was bound to is gone.',
      params,
    });
  }
  if (fields.phase !== 'Pending') {
    return undefined;
  }
  const since = head.createdAt;
  const what = `${fields.requested || 'a volume'} of ${
    fields.storageClass
      ? `storage class \`${fields.storageClass}\``
      : 'the default storage class'
  }`;
  const dueAt = since === undefined ? undefined : since + BINDING_MS;
  if (dueAt !== undefined && now < dueAt) {
    return progressing('Binding', {
      message: `Waits for ${what}.`,
      params,
      since,
      dueAt,
    });
  }
  const pods = [...lookup.inNamespace<PodFields>('Pod', head.namespace)];
  const waiting = pods.filter(pod => pod.fields.claims?.includes(head.name));
  if (waiting.length === 0 && lookup.readability('Pod') === 'synced') {
    return judgeUnused({ what, params, since, now });
  }
  return degraded('Unbound', {
    message: `Is not bound: no volume was made for ${what}.${
      waiting.length > 0
        ? ` ${waiting.length} ${
            waiting.length === 1 ? 'pod waits' : 'pods wait'
          } for it.`
        : ''
    }`,
    params: { ...params, pods: waiting.length },
    since,
  });
}

/** A storage class may wait for the first pod before it makes a volume; nobody orders storage to leave it at that. */
function judgeUnused(options: {
  what: string;
  params: Params;
  since: number | undefined;
  now: number;
}): Judgement {
  const { what, params, since, now } = options;
  const dueAt = since === undefined ? undefined : since + UNUSED_MS;
  return dueAt !== undefined && now >= dueAt
    ? warning('Unbound', {
        message: `Is not bound: no volume was made for ${what}, and no pod mounts it.`,
        params: { ...params, pods: 0 },
        since,
      })
    : progressing('WaitingForConsumer', {
        message: `No pod mounts it yet; it waits for ${what}.`,
        params,
        since,
        dueAt,
      });
}
