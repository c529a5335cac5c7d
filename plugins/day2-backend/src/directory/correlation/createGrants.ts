import { Day2Config } from '../../config/types';
import { DirectoryEntity } from '../types';
import { compilePattern } from './patterns';

/** What app-config lets one entity claim. */
export interface EntityGrants {
  allows(cluster: string, namespace: string): boolean;
}

/**
 * Namespaces that app-config gives to owners and entities.
 *
 * @returns what an entity may claim; `undefined` for an entity that app-config says nothing of
 */
export function createGrants(
  grants: Day2Config['correlation']['namespaces'],
): (
  entity: Pick<DirectoryEntity, 'ref' | 'ownerRefs'>,
) => EntityGrants | undefined {
  const byHolder = new Map<string, EntityGrants[]>();
  for (const { entity, owner, cluster, namespaces } of grants) {
    const tests = namespaces.map(compilePattern);
    const holder = entity ?? owner ?? '';
    const held = byHolder.get(holder) ?? [];
    held.push({
      allows: (inCluster, namespace) =>
        (cluster === undefined || cluster === inCluster) &&
        tests.some(test => test(namespace)),
    });
    byHolder.set(holder, held);
  }
  return ({ ref, ownerRefs }) => {
    const held = [ref, ...ownerRefs].flatMap(
      holder => byHolder.get(holder.toLocaleLowerCase('en-US')) ?? [],
    );
    return held.length === 0
      ? undefined
      : {
          allows: (cluster, namespace) =>
            held.some(grant => grant.allows(cluster, namespace)),
        };
  };
}
