import { z } from 'zod';
import { itemSchema } from './items';
import {
  areaSchema,
  healthSchema,
  lastKnownSchema,
  momentSchema,
  sinceSourceSchema,
  verdictSchema,
} from './verdict';

/** @public */
export const serviceAreaSchema = z.object({
  area: areaSchema,
  health: healthSchema,
  reason: z.string(),
  since: momentSchema.nullable(),
  lastKnown: lastKnownSchema.optional(),
});

/**
 * One row of the fleet. `area`, `environment`, `reason` and `message` are those of the worst item; `areas` holds the
 * areas that apply, and no others.
 *
 * @public
 */
export const serviceSummarySchema = verdictSchema.extend({
  entityRef: z.string(),
  title: z.string().nullable(),
  type: z.string().nullable(),
  system: z.string().nullable(),
  owners: z.array(z.string()),
  area: areaSchema.nullable(),
  environment: z.string().nullable(),
  cluster: z.string().nullable(),
  /** Which item that is. */
  item: z.object({ kind: z.string(), name: z.string() }).nullable(),
  since: momentSchema.nullable(),
  sinceSource: sinceSourceSchema.nullable(),
  observedAt: momentSchema.nullable(),
  lastKnown: lastKnownSchema.optional(),
  areas: z.array(serviceAreaSchema),
  environments: z.array(z.string()),
  clusters: z.array(z.string()),
  /** Clusters of this service that cannot be read now. */
  silentClusters: z.array(z.string()),
});

/** @public */
export type ServiceSummary = z.infer<typeof serviceSummarySchema>;

const facetSchema = z.array(z.object({ value: z.string(), count: z.number() }));

/**
 * `counts` are over everything that the filters other than `health` leave; `facets` are over everything visible and
 * come with the first page.
 *
 * @public
 */
export const serviceListSchema = z.object({
  items: z.array(serviceSummarySchema),
  totalItems: z.number(),
  counts: z.record(healthSchema, z.number()),
  facets: z
    .object({
      system: facetSchema,
      environment: facetSchema,
      cluster: facetSchema,
      area: facetSchema,
      owner: facetSchema,
    })
    .optional(),
  nextCursor: z.string().optional(),
  previousCursor: z.string().optional(),
});

/** @public */
export type ServiceList = z.infer<typeof serviceListSchema>;

/**
 * How old what is read of one cluster is.
 *
 * @public
 */
export const freshnessSchema = z.object({
  cluster: z.string(),
  environment: z.string(),
  state: z.string(),
  /** When the present state began. */
  since: momentSchema.nullable(),
  lastContactAt: momentSchema.nullable(),
  message: z.string().nullable(),
});

/** @public */
export type Freshness = z.infer<typeof freshnessSchema>;

/**
 * Everything known of one service now.
 *
 * @public
 */
export const serviceReportSchema = verdictSchema.extend({
  entityRef: z.string(),
  since: momentSchema.nullable(),
  lastKnown: lastKnownSchema.optional(),
  areas: z.array(
    serviceAreaSchema.extend({
      environment: z.string(),
      items: z.array(itemSchema),
    }),
  ),
  /** What should be known and is not. */
  unknown: z.array(
    z.object({
      cluster: z.string(),
      source: z.string(),
      kind: z.string().nullable(),
      why: z.string(),
      message: z.string(),
      since: momentSchema.nullable(),
    }),
  ),
  freshness: z.array(freshnessSchema),
});

/** @public */
export type ServiceReport = z.infer<typeof serviceReportSchema>;

/**
 * History of one service. `lanes` are worst-of spans per area, without gaps between first and last; `deploys` are
 * changes of what runs.
 *
 * @public
 */
export const serviceTimelineSchema = z.object({
  from: momentSchema,
  to: momentSchema,
  lanes: z.array(
    z.object({
      area: areaSchema,
      spans: z.array(
        z.object({
          from: momentSchema,
          to: momentSchema,
          health: healthSchema,
          reason: z.string(),
          message: z.string(),
        }),
      ),
    }),
  ),
  deploys: z.array(
    z.object({
      at: momentSchema,
      itemId: z.string(),
      environment: z.string(),
      cluster: z.string(),
      name: z.string(),
      from: z.string().nullable(),
      to: z.string(),
    }),
  ),
  transitions: z.array(
    z.object({
      id: z.string(),
      at: momentSchema,
      itemId: z.string(),
      area: areaSchema,
      environment: z.string(),
      cluster: z.string(),
      kind: z.string(),
      namespace: z.string().nullable(),
      name: z.string(),
      from: healthSchema.nullable(),
      to: healthSchema.nullable(),
      reason: z.string(),
      message: z.string(),
      observedLate: z.boolean(),
      times: z.number(),
    }),
  ),
  truncated: z.boolean(),
});

/** @public */
export type ServiceTimeline = z.infer<typeof serviceTimelineSchema>;
