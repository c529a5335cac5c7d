import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { canRun } from '../directory/toEntityRow';
import { DirectoryEntity, EntityMirror } from '../directory/types';
import { compileCriteria } from './compileCriteria';
import { CatalogEvaluator } from './createCatalogEvaluator';
import { Criteria } from './criteria';
import { EvaluatedSet } from './VisibleSetCache';

const sliceSize = 2000;

/**
 * Evaluates criteria over all mirrored entities that may run: in process where the rules are the catalog's own four,
 * else by the catalog.
 *
 * @returns a function that throws a ServiceUnavailableError when the catalog is needed and does not answer
 */
export function createEvaluator(options: {
  mirror: Pick<EntityMirror, 'entities'>;
  askCatalog: CatalogEvaluator;
}): (criteria: Criteria) => Promise<EvaluatedSet> {
  const { mirror, askCatalog } = options;
  return async criteria => {
    const test = compileCriteria(criteria);
    const ids = new Set<number>();
    const unclear: DirectoryEntity[] = [];
    const entities = [...mirror.entities()].filter(({ kind }) => canRun(kind));
    for (const [index, entity] of entities.entries()) {
      if (!test || entity.truncated) {
        unclear.push(entity);
      } else if (test(entity)) {
        ids.add(entity.id);
      }
      if (index % sliceSize === sliceSize - 1) {
        await setImmediate();
      }
    }
    if (unclear.length > 0) {
      const refs = unclear.map(({ ref }) => ref);
      const allowed = await askCatalog({ criteria, refs });
      for (const { id, ref } of unclear) {
        if (allowed.has(ref)) {
          ids.add(id);
        }
      }
    }
    return { ids, version: hashIds(ids) };
  };
}

function hashIds(ids: ReadonlySet<number>): string {
  const sorted = Uint32Array.from(ids).sort();
  return createHash('sha256').update(sorted).digest('base64url').slice(0, 22);
}
