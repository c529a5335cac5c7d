import { count } from '../records/read';

/**
 * A generation: a number, or digits as a text, as Argo Rollouts writes it.
 *
 * @public
 */
export function readGeneration(value: unknown): number | undefined {
  return typeof value === 'string' && /^\d{1,15}$/.test(value)
    ? Number(value)
    : count(value);
}
