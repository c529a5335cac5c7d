import { Evidence } from '@day2ops/backstage-plugin-day2-common';
import { redact, shorten } from './redact';

const MAX_BYTES = 8_192;
const MAX_STRING = 300;
const MAX_DEPTH = 8;

const maxLength: Readonly<Record<string, number>> = Object.freeze({
  worst: 20,
  runs: 7,
});
const DEFAULT_LENGTH = 20;

/**
 * Evidence that may be stored and shown: every text redacted and at most 300 characters, lists cut (20 pods, 7 runs), and
 * at most 8 KB as JSON. What has to go goes from the end of the longest list.
 *
 * @public
 */
export function boundEvidence(evidence: Evidence): Evidence {
  const bounded = boundValue(evidence, 0) as Evidence;
  const lists = collectLists(bounded);
  while (sizeOf(bounded) > MAX_BYTES) {
    const longest = lists.reduce<unknown[] | undefined>(
      (best, list) =>
        list.length > 0 && (!best || sizeOf(list) > sizeOf(best)) ? list : best,
      undefined,
    );
    if (!longest) {
      // Only a source of foreign parts can get here: keep what is known to be small.
      return { facts: bounded.facts?.slice(0, DEFAULT_LENGTH) };
    }
    longest.length = Math.floor(longest.length * 0.75);
  }
  return bounded;
}

function boundValue(value: unknown, depth: number, key = ''): unknown {
  if (typeof value === 'string') {
    return shorten(redact(value), MAX_STRING);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (depth >= MAX_DEPTH) {
    return Array.isArray(value) ? [] : {};
  }
  if (Array.isArray(value)) {
    return value
      .slice(0, maxLength[key] ?? DEFAULT_LENGTH)
      .map(entry => boundValue(entry, depth + 1));
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([name, entry]) => [name, boundValue(entry, depth + 1, name)]),
  );
}

/** The lists at the top and one below, such as `conditions` and `pods.worst`. */
function collectLists(evidence: Evidence): unknown[][] {
  const lists: unknown[][] = [];
  for (const part of Object.values(evidence)) {
    if (Array.isArray(part)) {
      lists.push(part);
    } else if (typeof part === 'object' && part !== null) {
      lists.push(...Object.values(part).filter(Array.isArray));
    }
  }
  return lists;
}

function sizeOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
