import { KindDefinition } from '@day2ops/backstage-plugin-day2-node';
import { Placement, servedKey, ServedKinds } from './types';

/** Picks the first version of the definition that the cluster serves. */
export function placementOf(
  definition: KindDefinition,
  served: ServedKinds,
): Placement {
  const { group, kind, versions } = definition;
  const all = served.get(servedKey(definition)) ?? [];
  if (all.length === 0) {
    return { state: 'absent' };
  }
  for (const version of versions) {
    const match = all.find(each => each.version === version && each.watchable);
    if (match) {
      const base = group ? `/apis/${group}/${version}` : `/api/${version}`;
      return { state: 'served', version, path: `${base}/${match.plural}` };
    }
  }
  const others = all.map(each => each.version).join(', ');
  return {
    state: 'unsupported',
    message: `${kind} is served as ${others}; Day 2 reads ${versions.join(
      ', ',
    )}`,
  };
}
