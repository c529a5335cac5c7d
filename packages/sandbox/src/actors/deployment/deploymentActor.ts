import { createController, ownerKey } from '../controller';
import { createTemplateHashes } from '../pods';
import type { Actor, ActorContext } from '../types';
import { isScaling, proceed, scaleRollout } from './progress';
import { dropOldRevisions, renewCurrent, rolloutOf, SOURCE } from './revisions';
import { writeProgress } from './status';

/** Rolls templates out over ReplicaSets and says how far that has come. */
export function createDeploymentActor(context: ActorContext): Actor {
  const hashes = createTemplateHashes();
  return createController(context, {
    name: SOURCE,
    forget: key => hashes.forget(key),
    kind: 'Deployment',
    related: (object, kind) => {
      if (kind === 'ReplicaSet') return [ownerKey(object, 'Deployment')];
      if (kind !== 'Pod') return [];
      // Recreate waits for the last pod of the old revision.
      const owner = ownerKey(object, 'ReplicaSet');
      const set =
        owner && context.cache.get('ReplicaSet', owner.namespace, owner.name);
      const key = set && ownerKey(set, 'Deployment');
      if (!key) return [];
      const { namespace, name } = key;
      const { spec } = context.cache.get('Deployment', namespace, name) ?? {};
      return spec?.strategy?.type === 'Recreate' ? [key] : [];
    },
    reconcile: deployment => {
      if (deployment.metadata.deletionTimestamp) return undefined;
      const rollout = rolloutOf(context, deployment, hashes);
      renewCurrent(context, rollout);
      if (deployment.spec?.paused || isScaling(rollout)) {
        scaleRollout(context, rollout);
      } else {
        proceed(context, rollout);
        dropOldRevisions(context, rollout);
      }
      const { namespace, name } = deployment.metadata;
      const current = context.cache.get('Deployment', namespace, name);
      return (
        current && writeProgress(context, rolloutOf(context, current, hashes))
      );
    },
  });
}
