import { z } from 'zod';
import { healthSchema, momentSchema } from './verdict';

/** @public */
export const containerEvidenceSchema = z.object({
  name: z.string(),
  role: z.enum(['container', 'init', 'sidecar']),
  health: healthSchema,
  /** `running`, `waiting` or `terminated`. */
  state: z.string(),
  /** As Kubernetes words it, for example `CrashLoopBackOff`. */
  reason: z.string().optional(),
  message: z.string().optional(),
  ready: z.boolean(),
  startedAt: momentSchema.optional(),
  restarts: z.number(),
  lastExit: z
    .object({
      reason: z.string().optional(),
      code: z.number().optional(),
      startedAt: momentSchema.optional(),
      finishedAt: momentSchema.optional(),
    })
    .optional(),
});

/** @public */
export type ContainerEvidence = z.infer<typeof containerEvidenceSchema>;

/** @public */
export const podEvidenceSchema = z.object({
  name: z.string(),
  node: z.string().optional(),
  health: healthSchema,
  reason: z.string(),
  message: z.string(),
  containers: z.array(containerEvidenceSchema),
});

/** @public */
export type PodEvidence = z.infer<typeof podEvidenceSchema>;

/** @public */
export const conditionEvidenceSchema = z.object({
  type: z.string(),
  status: z.string(),
  reason: z.string().optional(),
  message: z.string().optional(),
  lastTransitionTime: momentSchema.optional(),
});

/** @public */
export type ConditionEvidence = z.infer<typeof conditionEvidenceSchema>;

/**
 * The bounded facts behind a verdict, at most 8 KB as JSON. A page shows the parts that are there and knows no kind.
 * Sources add parts of their own; a reader that does not know one leaves it out.
 *
 * @public
 */
export const evidenceSchema = z.looseObject({
  /** The worst pods (at most 20) and how many there are of each health. */
  pods: z
    .object({
      total: z.number(),
      ready: z.number(),
      desired: z.number().optional(),
      counts: z.partialRecord(healthSchema, z.number()),
      worst: z.array(podEvidenceSchema),
    })
    .optional(),
  /** What the containers ask for and may use, as Kubernetes quantities. */
  resources: z
    .array(
      z.object({
        container: z.string(),
        image: z.string().optional(),
        requests: z.record(z.string(), z.string()),
        limits: z.record(z.string(), z.string()),
      }),
    )
    .optional(),
  /** The last change of what runs, for "after", never "because of". */
  change: z
    .object({
      at: momentSchema,
      container: z.string().optional(),
      from: z.string().optional(),
      to: z.string(),
    })
    .optional(),
  conditions: z.array(conditionEvidenceSchema).optional(),
  /** Runs of a Job or CronJob, newest first, at most 7. */
  runs: z
    .array(
      z.object({
        name: z.string(),
        health: healthSchema,
        reason: z.string(),
        startedAt: momentSchema.optional(),
        finishedAt: momentSchema.optional(),
      }),
    )
    .optional(),
  schedule: z
    .object({
      cron: z.string(),
      timeZone: z.string().optional(),
      lastDueAt: momentSchema.optional(),
      lastRunAt: momentSchema.optional(),
      nextDueAt: momentSchema.optional(),
      missed: z.number().optional(),
    })
    .optional(),
  scale: z
    .object({
      current: z.number(),
      desired: z.number(),
      min: z.number(),
      max: z.number(),
      metrics: z.array(
        z.object({
          name: z.string(),
          current: z.string().optional(),
          target: z.string(),
        }),
      ),
    })
    .optional(),
  /** Use against a limit, as Kubernetes quantities; `ratio` is used / hard. */
  usage: z
    .array(
      z.object({
        resource: z.string(),
        used: z.string(),
        hard: z.string(),
        ratio: z.number(),
      }),
    )
    .optional(),
  /** Anything else worth a line: label and value in plain English. */
  facts: z.array(z.object({ label: z.string(), value: z.string() })).optional(),
});

/** @public */
export type Evidence = z.infer<typeof evidenceSchema>;
