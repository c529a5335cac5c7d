import {
  cloneJson,
  defineMember,
  equalJson,
  isRecord,
} from '../../cluster/json';
import { formatTime } from '../../cluster/keys';
import { StatusError } from '../../cluster/statusError';
import type { KubernetesObject } from '../../cluster/types';
import type { FieldPath, ListKeys } from './fieldSet';
import {
  describePath,
  fromFieldsV1,
  isPresence,
  keyStep,
  leavesOf,
  removeAt,
  toFieldsV1,
  valueAt,
} from './fieldSet';
import { mergeKeyOf } from './listKeys';

interface Manager {
  manager: string;
  operation: string;
  apiVersion: string;
  subresource?: string;
  fields: FieldPath[];
  entry: Record<string, unknown>;
}

const NO_KEYS: ListKeys = () => undefined;

const BUILT_IN_KEYS: ListKeys = (field, elements) => {
  const key = mergeKeyOf(field, elements);
  if (!key) return undefined;
  return field === 'ports' ? [key, 'protocol'] : [key];
};

function managersOf(object: KubernetesObject | undefined): Manager[] {
  const managed = object?.metadata.managedFields ?? [];
  return managed.filter(isRecord).map(entry => ({
    manager: String(entry.manager),
    operation: String(entry.operation),
    apiVersion: String(entry.apiVersion),
    ...(entry.subresource ? { subresource: String(entry.subresource) } : {}),
    fields: fromFieldsV1(entry.fieldsV1),
    entry,
  }));
}

function merge(current: unknown, applied: unknown, keysOf: ListKeys): unknown {
  if (!isRecord(applied)) return cloneJson(applied);
  const result: Record<string, unknown> = isRecord(current)
    ? cloneJson(current)
    : {};
  for (const [name, value] of Object.entries(applied)) {
    const existing = Object.hasOwn(result, name) ? result[name] : undefined;
    const elements = Array.isArray(value) ? value.filter(isRecord) : [];
    const keys =
      Array.isArray(value) && elements.length === value.length
        ? keysOf(name, elements)
        : undefined;
    if (!keys) {
      defineMember(result, name, merge(existing, value, keysOf));
      continue;
    }
    const list = Array.isArray(existing) ? [...existing] : [];
    for (const element of elements) {
      const step = keyStep(element, keys);
      const index = list.findIndex(
        candidate => isRecord(candidate) && keyStep(candidate, keys) === step,
      );
      const merged = merge(list[index], element, keysOf);
      list.splice(index < 0 ? list.length : index, index < 0 ? 0 : 1, merged);
    }
    defineMember(result, name, list);
  }
  return result;
}

function conflictError(
  conflicts: { owner: Manager; path: FieldPath }[],
): StatusError {
  const causes = conflicts.map(({ owner, path }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with "${owner.manager}"${
      owner.subresource ? ` with subresource "${owner.subresource}"` : ''
    } using ${owner.apiVersion}`,
    field: describePath(path),
  }));
  const [only] = causes;
  const message =
    causes.length === 1
      ? `Apply failed with 1 conflict: ${only.message}: ${only.field}`
      : `Apply failed with ${causes.length} conflicts: ${causes
          .map(({ message: why, field }) => `${why}:\n- ${field}`)
          .join('\n')}`;
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message,
    details: { causes },
  });
}

function toEntries(
  managers: Manager[],
  own: { name: string; apiVersion: string; fields: FieldPath[] },
  now: number,
): unknown[] {
  const previous = managers.find(({ manager }) => manager === own.name);
  const entry = {
    manager: own.name,
    operation: 'Apply',
    apiVersion: own.apiVersion,
    time: formatTime(now),
    fieldsType: 'FieldsV1',
    fieldsV1: toFieldsV1(own.fields),
  };
  // Applying what is applied already is no change, so time and place stay too.
  const same =
    previous && equalJson(previous.entry.fieldsV1, entry.fieldsV1)
      ? previous.entry
      : entry;
  const entries = managers
    .filter(manager => manager === previous || manager.fields.length)
    .map(manager =>
      manager === previous
        ? same
        : { ...manager.entry, fieldsV1: toFieldsV1(manager.fields) },
    );
  return previous ? entries : [...entries, same];
}

/**
 * Server-side apply. Ownership is kept for appliers only: who writes by other means takes nothing away and is asked
 * nothing. Lists of built-in kinds merge by their keys, those of custom resources are atomic. Throws 409 with one cause a
 * field that somebody else applied with another value, unless `force`.
 */
export function applyConfiguration(options: {
  current: KubernetesObject | undefined;
  applied: Record<string, unknown>;
  manager: string;
  force: boolean;
  custom: boolean;
  now: number;
}): Record<string, unknown> {
  const { current, applied, manager, force, custom, now } = options;
  const keysOf = custom ? NO_KEYS : BUILT_IN_KEYS;
  const fields = leavesOf(applied, keysOf);
  const wanted = new Set(fields.map(path => JSON.stringify(path)));
  const managers = managersOf(current);
  const others = managers.filter(other => other.manager !== manager);
  const conflicts = others.flatMap(owner =>
    owner.fields
      .filter(
        path =>
          !isPresence(path) &&
          wanted.has(JSON.stringify(path)) &&
          !equalJson(valueAt(current, path), valueAt(applied, path)),
      )
      .map(path => ({ owner, path })),
  );
  if (conflicts.length && !force) throw conflictError(conflicts);
  for (const { owner, path } of conflicts) {
    owner.fields = owner.fields.filter(field => field !== path);
  }
  const result = merge(current ?? {}, applied, keysOf);
  if (!isRecord(result)) return applied;
  const kept = new Set(
    others.flatMap(other => other.fields.map(path => JSON.stringify(path))),
  );
  const previous = managers.find(other => other.manager === manager);
  for (const path of previous?.fields ?? []) {
    const id = JSON.stringify(path);
    if (!wanted.has(id) && !kept.has(id)) removeAt(result, path);
  }
  const metadata = isRecord(result.metadata) ? result.metadata : {};
  const own = { name: manager, apiVersion: String(applied.apiVersion), fields };
  metadata.managedFields = toEntries(managers, own, now);
  return { ...result, metadata };
}
