import { createHash } from 'node:crypto';
import { JudgedItem } from '../model/types';

/** Parameters and facts that only count up: who restarts all night is not written each time. */
const counters = new Set(['restarts', 'times', 'count', 'missed', 'failures']);

/** Times that move while nothing else does. What matters of them is in `since`. */
const volatileTimes = new Set([
  'startedAt',
  'finishedAt',
  'firstSeenAt',
  'lastSeenAt',
  'lastTransitionTime',
]);

/**
 * Hash over what is worth writing of an item: verdict, evidence, links, entities and revision, with counters in steps.
 * Two items with one digest differ in nothing that a person would act on.
 */
export function digestOf(item: JudgedItem): string {
  const { verdict, evidence } = item;
  const params = coarsen(verdict.params);
  const facts = {
    ...item,
    verdict: { ...verdict, params, message: coarseMessage(item) },
    evidence: coarsen(evidence),
    objectSince: undefined,
    entities: [...item.entities].sort((a, b) => a.entityId - b.entityId),
  };
  return createHash('sha256')
    .update(JSON.stringify(sorted(facts)))
    .digest('base64url')
    .slice(0, 22);
}

/** The largest of 1, 2, 5, 10, 20, 50 … that is not above the number. */
export function coarse(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) < 1) {
    return 0;
  }
  const magnitude = 10 ** Math.floor(Math.log10(Math.abs(value)));
  const digit = Math.abs(value) / magnitude;
  let step = 1;
  if (digit >= 5) {
    step = 5;
  } else if (digit >= 2) {
    step = 2;
  }
  return Math.sign(value) * step * magnitude;
}

function coarsen(value: unknown, key = '', parent = ''): unknown {
  if (volatileTimes.has(key)) {
    return undefined;
  }
  if (typeof value === 'number' && counters.has(key)) {
    return coarse(value);
  }
  if (typeof value === 'string' && parent === 'metrics' && key === 'current') {
    // What an autoscaler measures moves every 15 s.
    return coarse(Number.parseFloat(value));
  }
  if (Array.isArray(value)) {
    return value.map(element => coarsen(element, '', key));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, element]) => [
        name,
        coarsen(element, name, parent),
      ]),
    );
  }
  return value;
}

/** The sentence with the values of counters in steps, since it repeats them. */
function coarseMessage(item: JudgedItem): string {
  const values = Object.entries(item.verdict.params)
    .filter(([name, value]) => counters.has(name) && Number(value) > 1)
    .map(([, value]) => String(value));
  if (values.length === 0) {
    return item.verdict.message;
  }
  return item.verdict.message.replace(/\d+/g, number =>
    values.includes(number) ? String(coarse(Number(number))) : number,
  );
}

/** Keys in one order, so that equal facts have one text. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(sorted);
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, element]) => element !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, element]) => [name, sorted(element)]),
    );
  }
  return value;
}
