import { CorrelationTarget } from '../../model/types';

const maxDepth = 8;
const maxObjects = 200;

/**
 * An object and those it belongs through, nearest first, each once. Chains come from clusters, so they are bounded.
 *
 * @param closed - objects through which nothing more is inherited; may grow on the way
 */
export function* walk(
  target: CorrelationTarget,
  closed?: ReadonlySet<CorrelationTarget>,
): Generator<CorrelationTarget> {
  yield target;
  if (target.through.length === 0 || closed?.has(target)) {
    return;
  }
  const seen = new Set([target]);
  let level = target.through;
  for (let depth = 0; depth < maxDepth && level.length > 0; depth += 1) {
    const next: CorrelationTarget[] = [];
    for (const object of level) {
      if (!seen.has(object) && seen.size < maxObjects) {
        seen.add(object);
        yield object;
        next.push(...(closed?.has(object) ? [] : object.through));
      }
    }
    level = next;
  }
}

/** Whether the test holds for an object or one that it belongs through. Quick, for it is asked of every object. */
export function reaches(
  target: CorrelationTarget,
  test: (object: CorrelationTarget) => boolean,
): boolean {
  let object = target;
  // Almost every chain is plain.
  for (let depth = 0; depth <= maxDepth; depth += 1) {
    if (object.through.length > 1) {
      return [...walk(object)].some(test);
    }
    if (test(object)) {
      return true;
    }
    if (object.through.length === 0) {
      return false;
    }
    object = object.through[0];
  }
  return false;
}
