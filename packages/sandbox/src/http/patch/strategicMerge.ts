import {
  cloneJson,
  defineMember,
  equalJson,
  isRecord,
} from '../../cluster/json';
import { badRequest } from '../../cluster/statusError';
import { isSet, mergeKeyOf } from './listKeys';

type Members = Record<string, unknown>;

const SET_ORDER = '$setElementOrder/';
const DELETE_PLAIN = '$deleteFromPrimitiveList/';

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function withoutDirectives(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .filter(element => !(isRecord(element) && element.$patch === 'delete'))
      .map(withoutDirectives);
  }
  if (!isRecord(value)) return value;
  const result: Members = {};
  for (const [key, member] of Object.entries(value)) {
    if (key.startsWith('$') || member === null) continue;
    defineMember(result, key, withoutDirectives(member));
  }
  return result;
}

function mergeByKey(
  current: unknown[],
  patch: unknown[],
  key: string,
): unknown[] {
  const replaces = patch.some(
    element =>
      isRecord(element) &&
      element.$patch === 'replace' &&
      Object.keys(element).length === 1,
  );
  const result = replaces ? [] : [...current];
  for (const element of patch) {
    if (!isRecord(element)) {
      throw badRequest('map: expected an object in a list that is merged');
    }
    if (element.$patch === 'replace' && Object.keys(element).length === 1) {
      continue;
    }
    if (element[key] === undefined) {
      throw badRequest(
        `map: ${JSON.stringify(
          element,
        )} does not contain declared merge key: ${key}`,
      );
    }
    const index = result.findIndex(
      candidate =>
        isRecord(candidate) && equalJson(candidate[key], element[key]),
    );
    if (element.$patch === 'delete') {
      if (index >= 0) result.splice(index, 1);
    } else if (index >= 0) {
      result[index] = strategicMerge(result[index], element);
    } else {
      result.push(withoutDirectives(element));
    }
  }
  return result;
}

function mergeLists(
  field: string,
  current: unknown,
  patch: unknown[],
): unknown[] {
  if (isSet(field)) {
    const known = asList(current);
    return [...known, ...patch.filter(value => !known.includes(value))];
  }
  const key = mergeKeyOf(field, [...asList(current), ...patch]);
  if (!key || !patch.every(isRecord)) return asList(withoutDirectives(patch));
  return mergeByKey(asList(current), patch, key);
}

/** Elements in the order that the patch wishes; those it does not name stay behind their neighbours. */
function reorder(list: unknown[], order: unknown[], field: string): unknown[] {
  const key = mergeKeyOf(field, [...list, ...order]);
  const identity = (element: unknown) =>
    key && isRecord(element) ? element[key] : element;
  const places = order.map(identity);
  const placeOf = (element: unknown) =>
    places.findIndex(place => equalJson(place, identity(element)));
  let last = -1;
  const ranked = list.map(element => {
    const place = placeOf(element);
    if (place >= 0) last = place;
    return { element, place: place >= 0 ? place : last };
  });
  return ranked
    .sort((left, right) => left.place - right.place)
    .map(({ element }) => element);
}

function applyDirectives(result: Members, patch: Members): void {
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_PLAIN)) {
      const field = key.slice(DELETE_PLAIN.length);
      const unwanted = asList(value);
      if (Array.isArray(result[field])) {
        result[field] = asList(result[field]).filter(
          element => !unwanted.includes(element),
        );
      }
    } else if (key.startsWith(SET_ORDER)) {
      const field = key.slice(SET_ORDER.length);
      if (Array.isArray(result[field])) {
        result[field] = reorder(asList(result[field]), asList(value), field);
      }
    } else if (key === '$retainKeys') {
      const retained = asList(value);
      for (const name of Object.keys(result)) {
        if (!retained.includes(name)) delete result[name];
      }
    }
  }
}

/** Strategic merge patch for the kinds of k8s.io/api. Neither argument is changed. Throws 400 for a patch without sense. */
export function strategicMerge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return cloneJson(patch);
  if (patch.$patch === 'delete') return {};
  if (patch.$patch === 'replace') return withoutDirectives(patch);
  const result: Members = isRecord(target) ? cloneJson(target) : {};
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith('$')) continue;
    const current = Object.hasOwn(result, key) ? result[key] : undefined;
    if (value === null) {
      delete result[key];
    } else if (Array.isArray(value)) {
      defineMember(result, key, mergeLists(key, current, value));
    } else {
      defineMember(result, key, strategicMerge(current, value));
    }
  }
  applyDirectives(result, patch);
  return result;
}
