import { at, flag, map, text } from '../records/read';
import { UntrustedObject } from '../records/types';
import { Condition, readConditions, tooManyConditions } from './readConditions';
import { readGeneration } from './readGeneration';
import { redact } from './redact';

/**
 * What is judged of any kind, whoever wrote its rule. Fields of these names mean the same in the record of every kind;
 * a kind leaves out what its rule reads in a smaller form.
 *
 * @public
 */
export interface StatusFields {
  observedGeneration?: number;
  conditions?: readonly Condition[];
  /** Words of phase, state and health, with the field that says each. */
  words?: readonly { field: string; word: string }[];
  /** `spec.suspend` or `spec.paused` is true. */
  suspended?: true;
  /** Sentence beside the words. */
  message?: string;
  /** Fields that hold something else than they should: then nothing else that the object says counts. */
  malformed?: readonly string[];
}

const wordPaths: readonly (readonly string[])[] = [
  ['status', 'phase'],
  ['status', 'state'],
  ['status', 'state', 'phase'],
  ['status', 'health'],
  ['status', 'health', 'status'],
  ['status', 'status'],
];

const suspendPaths: readonly (readonly string[])[] = [
  ['spec', 'suspend'],
  ['spec', 'suspended'],
  ['spec', 'paused'],
];

const messagePaths: readonly (readonly string[])[] = [
  ['status', 'message'],
  ['status', 'phaseReason'],
  ['status', 'reason'],
  ['status', 'health', 'message'],
  ['status', 'state', 'message'],
];

/**
 * Takes what controllers have in common: generation, conditions, phase and state words.
 *
 * @public
 */
export function pruneStatus(object: UntrustedObject): StatusFields {
  const conditions = readConditions(at(object, 'status', 'conditions'));
  const observed = at(object, 'status', 'observedGeneration');
  const observedGeneration = readGeneration(observed);
  const words = readWords(object);
  const message = readMessage(object);
  const malformed = findMalformed(object, observed);
  return {
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(conditions && { conditions }),
    ...(words.length > 0 && { words }),
    ...(suspendPaths.some(path => flag(at(object, ...path))) && {
      suspended: true as const,
    }),
    ...(message !== undefined && { message }),
    ...(malformed.length > 0 && { malformed }),
  };
}

function readWords(object: UntrustedObject) {
  const words: { field: string; word: string }[] = [];
  for (const path of wordPaths) {
    const word = text(at(object, ...path), 100);
    if (word) {
      words.push({ field: path.join('.'), word: redact(word) });
    }
  }
  return words;
}

function readMessage(object: UntrustedObject): string | undefined {
  for (const path of messagePaths) {
    const message = text(at(object, ...path), 4_096);
    if (message) {
      return redact(message);
    }
  }
  return undefined;
}

function findMalformed(object: UntrustedObject, observed: unknown): string[] {
  const malformed: string[] = [];
  const status = at(object, 'status');
  const conditions = at(object, 'status', 'conditions');
  if (status !== undefined && map(status) !== status) {
    malformed.push('status');
  }
  if (observed !== undefined && readGeneration(observed) === undefined) {
    malformed.push('status.observedGeneration');
  }
  if (conditions !== undefined && !Array.isArray(conditions)) {
    malformed.push('status.conditions');
  }
  if (tooManyConditions(conditions)) {
    malformed.push('status.conditions');
  }
  return malformed;
}
