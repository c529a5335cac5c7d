import { isRecord } from '../../cluster/json';

/**
 * The fields that a manager owns, as paths to leaves. A step is `f:<name>`, `k:<json of the key members>`, or at the end
 * `.` for a list element itself, as in `FieldsV1`.
 */
export type FieldPath = readonly string[];

/** How the elements of a list are told apart: the members that make their key; undefined for an atomic list. */
export type ListKeys = (
  field: string,
  elements: readonly unknown[],
) => readonly string[] | undefined;

const ITSELF = '.';

const NOT_OWNED = new Set([
  'f:apiVersion',
  'f:kind',
  'f:metadata/f:name',
  'f:metadata/f:namespace',
]);

/** A key member; ports that do not say their protocol speak TCP. */
function keyMember(element: Record<string, unknown>, key: string): unknown {
  return element[key] ?? (key === 'protocol' ? 'TCP' : undefined);
}

export function keyStep(
  element: Record<string, unknown>,
  keys: readonly string[],
): string {
  const members = keys
    .map(key => [key, keyMember(element, key)])
    .filter(([, value]) => value !== undefined);
  return `k:${JSON.stringify(Object.fromEntries(members))}`;
}

/** Leaves of an applied configuration. */
export function leavesOf(
  value: unknown,
  listKeys: ListKeys,
  path: FieldPath = [],
): FieldPath[] {
  if (NOT_OWNED.has(path.join('/'))) return [];
  if (isRecord(value)) {
    const members = Object.entries(value);
    if (!members.length) return path.length ? [path] : [];
    return members.flatMap(([name, member]) =>
      leavesOf(member, listKeys, [...path, `f:${name}`]),
    );
  }
  if (Array.isArray(value) && value.length && value.every(isRecord)) {
    const field = path[path.length - 1].slice(2);
    const keys = listKeys(field, value);
    if (keys) {
      return value.flatMap(element => {
        const at = [...path, keyStep(element, keys)];
        return [[...at, ITSELF], ...leavesOf(element, listKeys, at)];
      });
    }
  }
  return [path];
}

/** As `managedFields` writes it. */
export function toFieldsV1(paths: readonly FieldPath[]): unknown {
  const root: Record<string, unknown> = {};
  for (const path of paths) {
    let node = root;
    for (const step of path) {
      const child = isRecord(node[step]) ? node[step] : {};
      node[step] = child;
      node = child;
    }
  }
  return root;
}

/** The reverse of `toFieldsV1`. */
export function fromFieldsV1(node: unknown, path: FieldPath = []): FieldPath[] {
  const steps = isRecord(node) ? Object.entries(node) : [];
  if (!steps.length) return path.length ? [path] : [];
  return steps.flatMap(([step, child]) => fromFieldsV1(child, [...path, step]));
}

/** Whether a path means that an element or a map is there, whatever is in it. */
export function isPresence(path: FieldPath): boolean {
  return path[path.length - 1] === ITSELF;
}

function matchesKey(element: unknown, step: string): boolean {
  const key: unknown = JSON.parse(step.slice(2));
  if (!isRecord(element) || !isRecord(key)) return false;
  return Object.entries(key).every(
    ([name, value]) => keyMember(element, name) === value,
  );
}

/** What stands at a path; undefined when there is nothing. */
export function valueAt(root: unknown, path: FieldPath): unknown {
  let value = root;
  for (const step of path) {
    if (step.startsWith('k:')) {
      value = Array.isArray(value)
        ? value.find(element => matchesKey(element, step))
        : undefined;
    } else {
      value = isRecord(value) ? value[step.slice(2)] : undefined;
    }
  }
  return value;
}

/** Removes a leaf or a list element, and what is left empty around it. Changes `root`. */
export function removeAt(root: unknown, path: FieldPath): void {
  const [step, ...rest] = path;
  if (step === undefined || step === ITSELF) return;
  if (step.startsWith('k:')) {
    if (!Array.isArray(root)) return;
    const index = root.findIndex(element => matchesKey(element, step));
    if (index < 0) return;
    if (rest[0] === ITSELF) {
      root.splice(index, 1);
    } else {
      removeAt(root[index], rest);
    }
    return;
  }
  if (!isRecord(root)) return;
  const name = step.slice(2);
  if (!rest.length) {
    delete root[name];
    return;
  }
  const child = root[name];
  removeAt(child, rest);
  const empty =
    (Array.isArray(child) && !child.length) ||
    (isRecord(child) && !Object.keys(child).length);
  if (empty) delete root[name];
}

/** `.spec.template.spec.containers[name="api"].image`, as conflicts name fields. */
export function describePath(path: FieldPath): string {
  return path
    .map(step => {
      if (step.startsWith('f:')) return `.${step.slice(2)}`;
      const key: unknown = JSON.parse(step.slice(2));
      const members = Object.entries(isRecord(key) ? key : {});
      return `[${members
        .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
        .join(',')}]`;
    })
    .join('');
}
