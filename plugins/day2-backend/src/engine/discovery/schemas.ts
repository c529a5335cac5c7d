import { z } from 'zod';

const verbs = z.array(z.string()).catch([]);

/** `apidiscovery.k8s.io/v2` (and `v2beta1`, which has the same shape). */
export const aggregatedSchema = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z
    .array(
      z.object({
        metadata: z
          .object({ name: z.string().default('') })
          .default({ name: '' }),
        versions: z
          .array(
            z.object({
              version: z.string(),
              freshness: z.string().optional(),
              resources: z
                .array(
                  z.object({
                    resource: z.string(),
                    responseKind: z
                      .object({ kind: z.string().default('') })
                      .nullish(),
                    scope: z.string().optional(),
                    verbs,
                  }),
                )
                .default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});

export type Aggregated = z.infer<typeof aggregatedSchema>;

export const groupListSchema = z.object({
  kind: z.literal('APIGroupList'),
  groups: z.array(
    z.object({
      name: z.string(),
      versions: z.array(z.object({ version: z.string() })),
    }),
  ),
});

export const coreVersionsSchema = z.object({
  kind: z.literal('APIVersions'),
  versions: z.array(z.string()),
});

export const resourceListSchema = z.object({
  kind: z.literal('APIResourceList'),
  resources: z
    .array(
      z.object({
        name: z.string(),
        kind: z.string(),
        namespaced: z.boolean().catch(true),
        verbs,
      }),
    )
    .default([]),
});
