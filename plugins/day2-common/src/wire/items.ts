import { z } from 'zod';
import { evidenceSchema } from './evidence';
import {
  areaSchema,
  lastKnownSchema,
  momentSchema,
  proofSchema,
  sinceSourceSchema,
  verdictSchema,
} from './verdict';

/** @public */
export const linkSchema = z.object({
  title: z.string(),
  /** `https:` or `http:` only. */
  url: z.string(),
  type: z.string(),
});

/** @public */
export type Link = z.infer<typeof linkSchema>;

/**
 * One judged thing. `id` is stable over restarts and equal for nobody else. `observedAt` is the last contact with the
 * item's kind in its cluster.
 *
 * @public
 */
export const itemSchema = verdictSchema.extend({
  id: z.string(),
  area: areaSchema,
  environment: z.string(),
  cluster: z.string(),
  source: z.string(),
  apiVersion: z.string(),
  kind: z.string(),
  namespace: z.string().nullable(),
  name: z.string(),
  since: momentSchema.nullable(),
  sinceSource: sinceSourceSchema,
  observedAt: momentSchema.nullable(),
  lastKnown: lastKnownSchema.optional(),
  /** Set while the item turns better and worse without staying better for the hold time. */
  flapping: z.object({ times: z.number(), since: momentSchema }).optional(),
  proof: proofSchema.optional(),
  /** Other entities that the item is joined to and the reader may see. */
  sharedWith: z.array(z.string()).optional(),
  /** Set when the namespace is not one that app-config allows the owner. */
  unexpectedNamespace: z.boolean().optional(),
  evidence: evidenceSchema,
  links: z.array(linkSchema),
});

/** @public */
export type Item = z.infer<typeof itemSchema>;

/** @public */
export const itemListSchema = z.object({
  items: z.array(itemSchema.extend({ entityRefs: z.array(z.string()) })),
  totalItems: z.number(),
  nextCursor: z.string().optional(),
});

/** @public */
export type ItemList = z.infer<typeof itemListSchema>;

/**
 * What the cluster did not grant or give, beside what it did.
 *
 * @public
 */
export const onDemandProblemSchema = z.object({
  /** `Forbidden`, `Unreachable`, `Gone` or `Refused`. */
  reason: z.string(),
  message: z.string(),
  /** YAML of the rule to add to the reader's ClusterRole. */
  missingRule: z.string().optional(),
});

/** @public */
export type OnDemandProblem = z.infer<typeof onDemandProblemSchema>;

/** @public */
export const itemEventsSchema = z.object({
  events: z.array(
    z.object({
      type: z.string(),
      reason: z.string(),
      message: z.string(),
      object: z.string(),
      count: z.number(),
      firstSeenAt: momentSchema.nullable(),
      lastSeenAt: momentSchema.nullable(),
    }),
  ),
  truncated: z.boolean(),
  problem: onDemandProblemSchema.optional(),
});

/** @public */
export type ItemEvents = z.infer<typeof itemEventsSchema>;

/** @public */
export const itemLogsSchema = z.object({
  pod: z.string(),
  container: z.string(),
  previous: z.boolean(),
  lines: z.array(z.string()),
  truncated: z.boolean(),
  problem: onDemandProblemSchema.optional(),
});

/** @public */
export type ItemLogs = z.infer<typeof itemLogsSchema>;
