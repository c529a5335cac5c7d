import { UntrustedObject } from './types';
import { wellFormed } from './wellFormed';

/** Longest name that Kubernetes allows. */
const MAX_TEXT = 253;
const MAX_LIST = 1_000;
const MAX_MAP = 1_000;

/** Before this, a time is a zero value that some controller forgot to leave out. */
const EARLIEST = Date.UTC(1980, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

const RFC3339 =
  /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/**
 * The value at a path of own properties, `undefined` when any step is missing or no object. Never reads a prototype.
 *
 * @public
 */
export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value;
  for (const key of path) {
    if (!isObject(current) || !Object.hasOwn(current, key)) {
      return undefined;
    }
    current = current[key];
  }
  return current ?? undefined;
}

/**
 * A text that is not empty, cut at `max` UTF-16 units (default 253) without splitting a character.
 *
 * @public
 */
export function text(value: unknown, max = MAX_TEXT): string | undefined {
  if (typeof value !== 'string' || value === '') {
    return undefined;
  }
  const cut = value.slice(0, max);
  // A character that the cut has split.
  const whole =
    cut.length < value.length ? cut.replace(/[\uD800-\uDBFF]$/, '') : cut;
  return wellFormed(whole);
}

/**
 * A whole number of things: 0 or more, within what a double holds exactly.
 *
 * @public
 */
export function count(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? value
    : undefined;
}

/** @public */
export function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/**
 * An RFC 3339 time in milliseconds since the epoch; `undefined` for anything else, zero times of year 1 included.
 *
 * @public
 */
export function moment(value: unknown): number | undefined {
  if (typeof value !== 'string' || value.length > 40 || !RFC3339.test(value)) {
    return undefined;
  }
  const time = Date.parse(value);
  return time >= EARLIEST && time < LATEST ? time : undefined;
}

/**
 * The first `max` (default 1,000) elements; empty for what is no list.
 *
 * @public
 */
export function list(value: unknown, max = MAX_LIST): readonly unknown[] {
  if (!Array.isArray(value)) {
    return [];
  }
  return value.length > max ? value.slice(0, max) : value;
}

/**
 * An object as it is; empty for lists, texts and everything else.
 *
 * @public
 */
export function map(value: unknown): UntrustedObject {
  return isObject(value) ? value : {};
}

/**
 * The entries of an object whose values are texts, such as labels; at most 1,000.
 *
 * @public
 */
export function texts(
  value: unknown,
  keep: (key: string) => boolean = () => true,
): Record<string, string> {
  const kept: [string, string][] = [];
  for (const [key, entry] of Object.entries(map(value)).slice(0, MAX_MAP)) {
    if (typeof entry === 'string' && keep(key)) {
      kept.push([key, text(entry, MAX_TEXT) ?? '']);
    }
  }
  // Defines properties, so that a key `__proto__` is a key.
  return Object.fromEntries(kept);
}

function isObject(value: unknown): value is UntrustedObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
