import { z } from 'zod';
import { healths } from '../health';
import { areas, proofs } from '../vocabulary';

/** @public */
export const healthSchema = z.enum(healths);

/** @public */
export const areaSchema = z.enum(areas);

/** @public */
export const proofSchema = z.enum(proofs);

/**
 * A moment, RFC 3339 in UTC.
 *
 * @public
 */
export const momentSchema = z.iso.datetime();

/**
 * Named values of a verdict, for translation and for the next step.
 *
 * @public
 */
export const paramsSchema = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]),
);

/** @public */
export type Params = z.infer<typeof paramsSchema>;

/**
 * What a rule says of a thing: how it is, why as a stable code, and the sentence for a person. `message` is English,
 * redacted, at most 1 KB, and holds no time relative to now.
 *
 * @public
 */
export const verdictSchema = z.object({
  health: healthSchema,
  reason: z.string(),
  params: paramsSchema,
  message: z.string(),
});

/** @public */
export type Verdict = z.infer<typeof verdictSchema>;

/**
 * What was known before sight was lost.
 *
 * @public
 */
export const lastKnownSchema = verdictSchema.extend({
  since: momentSchema.nullable(),
});

/** @public */
export type LastKnown = z.infer<typeof lastKnownSchema>;

/**
 * Who says when a verdict began: the object itself, our own first look, or our first look after a gap.
 *
 * @public
 */
export const sinceSourceSchema = z.enum(['object', 'observed', 'observedLate']);

/** @public */
export type SinceSource = z.infer<typeof sinceSourceSchema>;
