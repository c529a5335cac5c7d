import { createHash } from 'node:crypto';

/** Stable over restarts and equal for nobody else: from the cluster's UID, the kind and the object's UID. */
export function itemId(object: {
  clusterUid: string;
  group: string;
  kind: string;
  uid: string;
}): string {
  const { clusterUid, group, kind, uid } = object;
  return createHash('sha256')
    .update(JSON.stringify([clusterUid, group, kind, uid]))
    .digest('base64url')
    .slice(0, 22);
}
