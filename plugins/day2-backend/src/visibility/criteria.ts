import { createHash } from 'node:crypto';
import { z } from 'zod';

/** One rule of the catalog with its parameters, as a policy answers. */
export interface Condition {
  rule: string;
  resourceType: string;
  params?: Record<string, unknown>;
}

/** A policy's conditions. */
export type Criteria =
  | { allOf: Criteria[] }
  | { anyOf: Criteria[] }
  | { not: Criteria }
  | Condition;

/** The only plugin and resource type whose conditions Day 2 understands. */
export const catalogPluginId = 'catalog';
export const entityResourceType = 'catalog-entity';

/** As the catalog itself reads conditions, and about its entities only. */
export const criteriaSchema: z.ZodType<Criteria> = z.lazy(() =>
  z.union([
    z.object({ allOf: z.array(criteriaSchema).min(1) }),
    z.object({ anyOf: z.array(criteriaSchema).min(1) }),
    z.object({ not: criteriaSchema }),
    z.object({
      rule: z.string(),
      resourceType: z.literal(entityResourceType),
      params: z.record(z.string(), z.unknown()).optional(),
    }),
  ]),
);

/** Equal for criteria that are equal up to the order of keys. */
export function hashCriteria(criteria: Criteria): string {
  const sorted = JSON.stringify(criteria, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(
          Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value,
  );
  return createHash('sha256').update(sorted).digest('base64url');
}
