import type { ResourceType } from './types';

/** What a cluster serves now; CustomResourceDefinitions change it while it runs. */
export interface ResourceRegistry {
  all(): ResourceType[];
  /** The preferred version of a kind: the first that was added. */
  byKind(group: string, kind: string): ResourceType | undefined;
  byPlural(
    group: string,
    version: string,
    plural: string,
  ): ResourceType | undefined;
  /** Replaces what one CustomResourceDefinition contributes; an empty list removes it. */
  replace(owner: string, types: readonly ResourceType[]): void;
}

/** `resources` cannot be replaced or removed later. */
export function createResourceRegistry(
  resources: readonly ResourceType[],
): ResourceRegistry {
  const owned = new Map<string, readonly ResourceType[]>([['', resources]]);
  const byKind = new Map<string, ResourceType>();
  const byPlural = new Map<string, ResourceType>();

  const index = () => {
    byKind.clear();
    byPlural.clear();
    for (const type of [...owned.values()].flat()) {
      const kindKey = `${type.group}/${type.kind}`;
      if (!byKind.has(kindKey)) byKind.set(kindKey, type);
      byPlural.set(`${type.group}/${type.version}/${type.plural}`, type);
    }
  };
  index();

  return {
    all: () => [...owned.values()].flat(),
    byKind: (group, kind) => byKind.get(`${group}/${kind}`),
    byPlural: (group, version, plural) =>
      byPlural.get(`${group}/${version}/${plural}`),
    replace(owner, types) {
      owned.delete(owner);
      if (types.length) owned.set(owner, types);
      index();
    },
  };
}
