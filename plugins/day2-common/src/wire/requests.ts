import { z } from 'zod';
import { areaSchema, healthSchema, momentSchema } from './verdict';

/** `a,b` or repeated parameters; at most 50 values. */
const list = <T extends z.ZodType>(item: T) =>
  z.preprocess(
    value =>
      value === undefined || value === ''
        ? undefined
        : (Array.isArray(value) ? value : [value]).flatMap(part =>
            String(part).split(','),
          ),
    z.array(item).min(1).max(50).optional(),
  );

const name = z.string().min(1).max(253);

/** @public */
export const serviceSorts = ['health', 'service', 'since'] as const;

/**
 * Query of `GET /services`. A filter takes several values (any of them), separated by commas; `health` binds to the
 * area, cluster and environment given.
 *
 * @public
 */
export const servicesQuerySchema = z.strictObject({
  health: list(healthSchema),
  area: list(areaSchema),
  environment: list(name),
  cluster: list(name),
  owner: list(name),
  system: list(name),
  domain: list(name),
  kind: list(name),
  entity: list(name),
  text: z.string().max(200).optional(),
  sort: z.enum(serviceSorts).default('health'),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(15),
});

/** @public */
export type ServicesQuery = z.infer<typeof servicesQuerySchema>;

/** @public */
export const itemsQuerySchema = z.strictObject({
  health: list(healthSchema),
  area: list(areaSchema),
  environment: list(name),
  cluster: list(name),
  owner: list(name),
  kind: list(name),
  text: z.string().max(200).optional(),
  /** Only items that belong to no entity; needs `day2.cluster.read`. */
  unowned: z.stringbool().optional(),
  cursor: z.string().max(2000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** @public */
export type ItemsQuery = z.infer<typeof itemsQuerySchema>;

/** @public */
export const timelineQuerySchema = z.strictObject({
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  environment: list(name),
});

/** @public */
export type TimelineQuery = z.infer<typeof timelineQuerySchema>;

/** @public */
export const logsQuerySchema = z.strictObject({
  pod: name,
  container: name.optional(),
  previous: z.stringbool().default(false),
  tail: z.coerce.number().int().min(1).max(500).default(100),
});

/** @public */
export type LogsQuery = z.infer<typeof logsQuerySchema>;
