import { isRecord } from '../cluster/json';
import type { Fault } from './faults';
import { FAULT_KINDS, isFaultKind } from './faults';

const NUMBERS = ['requests', 'ms', 'retryAfterSeconds'] as const;

/** Reads a fault that came from outside. Throws an `Error` that says what is wrong with it. */
export function parseFault(value: unknown): Fault {
  if (!isRecord(value) || !isFaultKind(value.kind)) {
    throw new Error(`kind must be one of ${FAULT_KINDS.join(', ')}`);
  }
  const fault: Fault = { kind: value.kind };
  const { plural } = value;
  if (plural !== undefined) {
    if (typeof plural !== 'string' || !plural) {
      throw new Error('plural must be the plural name of a resource');
    }
    fault.plural = plural;
  }
  for (const name of NUMBERS) {
    const number = value[name];
    if (number === undefined) continue;
    if (typeof number !== 'number' || !Number.isInteger(number) || number < 0) {
      throw new Error(`${name} must be a whole number of at least 0`);
    }
    fault[name] = number;
  }
  return fault;
}
