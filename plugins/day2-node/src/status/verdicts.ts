import { Health } from '@day2ops/backstage-plugin-day2-common';
import { Judgement } from './types';

/**
 * What a verdict says besides health and reason. `message` is a sentence of at most 140 characters: thing, what
 * happens, measure against limit; then what still works.
 *
 * @public
 */
export type VerdictText = Pick<Judgement, 'message'> &
  Partial<Omit<Judgement, 'health' | 'reason' | 'message'>>;

/**
 * A judgement of any health. `reason` is a stable CamelCase code.
 *
 * @public
 */
export function verdict(
  health: Health,
  reason: string,
  text: VerdictText,
): Judgement {
  return { health, reason, params: {}, ...text };
}

/** @public */
export function healthy(reason: string, text: VerdictText): Judgement {
  return verdict('healthy', reason, text);
}

/**
 * Switched off on purpose: paused, scaled to zero, cordoned.
 *
 * @public
 */
export function suspended(reason: string, text: VerdictText): Judgement {
  return verdict('suspended', reason, text);
}

/**
 * On its way, and not yet for too long.
 *
 * @public
 */
export function progressing(reason: string, text: VerdictText): Judgement {
  return verdict('progressing', reason, text);
}

/** @public */
export function unknown(reason: string, text: VerdictText): Judgement {
  return verdict('unknown', reason, text);
}

/**
 * Works, and will not for long or not under load: missing spare capacity, ceilings, blocked drains.
 *
 * @public
 */
export function warning(reason: string, text: VerdictText): Judgement {
  return verdict('warning', reason, text);
}

/**
 * Works in part.
 *
 * @public
 */
export function degraded(reason: string, text: VerdictText): Judgement {
  return verdict('degraded', reason, text);
}

/**
 * Does not do what it is there for.
 *
 * @public
 */
export function critical(reason: string, text: VerdictText): Judgement {
  return verdict('critical', reason, text);
}
