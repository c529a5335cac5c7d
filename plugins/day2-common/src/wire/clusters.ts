import { z } from 'zod';
import { clusterStates, kindStates } from '../vocabulary';
import { itemSchema } from './items';
import { momentSchema, verdictSchema } from './verdict';

/** @public */
export const clusterKindSchema = z.object({
  source: z.string(),
  group: z.string(),
  kind: z.string(),
  state: z.enum(kindStates),
  since: momentSchema.nullable(),
  lastContactAt: momentSchema.nullable(),
  objects: z.number(),
  /** Objects that could not be read and were set aside. */
  quarantined: z.number(),
  message: z.string().nullable(),
});

/** @public */
export type ClusterKind = z.infer<typeof clusterKindSchema>;

/** @public */
export const clusterSchema = verdictSchema.extend({
  name: z.string(),
  title: z.string().nullable(),
  environment: z.string(),
  uid: z.string().nullable(),
  version: z.string().nullable(),
  state: z.enum(clusterStates),
  since: momentSchema.nullable(),
  lastContactAt: momentSchema.nullable(),
  nextAttemptAt: momentSchema.nullable(),
  /** How many services that the reader may see have an item or a claim here. */
  services: z.number(),
  items: z.number(),
  unowned: z.number(),
  kinds: z.array(clusterKindSchema),
  nodes: z.array(itemSchema),
  /** Rights that the credential has and should not have, or lacks. */
  warnings: z.array(z.object({ reason: z.string(), message: z.string() })),
  /** YAML of the ClusterRole rules that are missing, when some are. */
  missingRules: z.string().nullable(),
});

/** @public */
export type Cluster = z.infer<typeof clusterSchema>;

/** @public */
export const clusterListSchema = z.object({
  items: z.array(clusterSchema),
  /** Set when Day 2 cannot see clusters at all, with the way out. */
  problem: z.object({ reason: z.string(), message: z.string() }).nullable(),
});

/** @public */
export type ClusterList = z.infer<typeof clusterListSchema>;
