import { Evidence } from '@day2ops/backstage-plugin-day2-common';
import { isoMoment, ObjectRecord } from '@day2ops/backstage-plugin-day2-node';
import { ReplicaSetFields } from '../ReplicaSet/replicaSet';

/** The ReplicaSets of a Deployment: each is one version of its template. */
export interface Versions {
  all: readonly ObjectRecord<ReplicaSetFields>[];
  newest: ObjectRecord<ReplicaSetFields> | undefined;
  before: ObjectRecord<ReplicaSetFields> | undefined;
}

export function findVersions(
  replicaSets: readonly ObjectRecord<ReplicaSetFields>[],
): Versions {
  const sorted = [...replicaSets].sort((a, b) => revisionOf(b) - revisionOf(a));
  return { all: replicaSets, newest: sorted[0], before: sorted[1] };
}

function revisionOf({ fields }: ObjectRecord<ReplicaSetFields>): number {
  return fields.revision ?? 0;
}

/**
 * The last change of what runs. After a rollback the newest version is an old ReplicaSet, whose age does not say when it
 * was taken up again: then nothing is said.
 */
export function lastChange({ newest, before }: Versions): Evidence['change'] {
  const at = newest?.head.createdAt;
  if (
    !newest ||
    !before ||
    at === undefined ||
    (before.head.createdAt ?? 0) > at
  ) {
    return undefined;
  }
  for (const { name, image } of newest.fields.template.containers) {
    const old = before.fields.template.containers.find(
      container => container.name === name,
    );
    if (old?.image !== image) {
      return {
        at: isoMoment(at),
        container: name,
        ...(old && { from: old.image }),
        to: image,
      };
    }
  }
  // The images are the same: settings have changed.
  return { at: isoMoment(at), to: 'other settings, same images' };
}
