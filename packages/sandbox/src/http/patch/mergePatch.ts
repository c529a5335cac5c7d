import { cloneJson, defineMember, isRecord } from '../../cluster/json';

/** JSON merge patch, RFC 7386. Neither argument is changed. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return cloneJson(patch);
  const result: Record<string, unknown> = isRecord(target)
    ? cloneJson(target)
    : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) {
      delete result[key];
    } else {
      const current = Object.hasOwn(result, key) ? result[key] : undefined;
      defineMember(result, key, mergePatch(current, value));
    }
  }
  return result;
}
