import { areas, Health, healths } from '@day2ops/backstage-plugin-day2-common';
import { z } from 'zod';
import {
  duration,
  entityRef,
  flag,
  listOf,
  oneOf,
  section,
  text,
} from './schemaTools';

const second = 1000;
const minute = 60 * second;
const day = 24 * 60 * minute;

const environment = z
  .string('must be a text')
  .regex(
    /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/,
    'must be a name of at most 63 lower-case letters, digits and dashes, such as production',
  );

const pattern = text(253).regex(
  /^[a-z0-9*]([a-z0-9*-]*[a-z0-9*])?$/,
  'must be a namespace, or a pattern with * for anything, such as shop-*',
);

const cluster = section({
  name: text(),
  environment: environment.optional(),
  aliases: section({
    servers: listOf(text(2000), 50).default([]),
    argoNames: listOf(text(), 50).default([]),
  }).prefault({}),
});

const grant = section({
  owner: entityRef('group').optional(),
  entity: entityRef('component').optional(),
  cluster: text().optional(),
  namespaces: listOf(pattern).min(1, 'must name at least one namespace'),
}).refine(
  value => (value.owner === undefined) !== (value.entity === undefined),
  'needs either owner or entity: who may claim these namespaces',
);

const fieldPath = text(200).regex(
  /^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*$/,
  'must be a path of fields such as status.phase',
);

const words = listOf(text(), 50).optional();

const phases = section({
  healthy: words,
  suspended: words,
  progressing: words,
  unknown: words,
  warning: words,
  degraded: words,
  critical: words,
} satisfies Record<Health, typeof words>);

const kind = section({
  group: z.string('must be a text').max(253).default(''),
  kind: text(63),
  plural: text(63),
  versions: listOf(text(63), 10).min(1, 'must name at least one version'),
  namespaced: flag.default(true),
  area: oneOf(areas).default('workloads'),
  phase: fieldPath.optional(),
  phases: phases.prefault({}),
  conditions: listOf(
    section({
      type: text(316),
      status: oneOf(['True', 'False', 'Unknown']),
      reason: text(1024).optional(),
      health: oneOf(healths),
    }),
    50,
  ).default([]),
  message: fieldPath.optional(),
})
  .refine(
    value => value.conditions.length > 0 || value.phase !== undefined,
    'needs conditions, or phase and phases: what tells its health',
  )
  .refine(
    value =>
      (value.phase === undefined) === (Object.keys(value.phases).length === 0),
    'needs phase (where the word is) and phases (which words mean what) together',
  );

const source = z
  .looseObject({ enabled: flag.default(true) }, 'must be an object')
  .transform(({ enabled, ...settings }) => ({ enabled, settings }));

const defaultFilter = [
  { kind: 'component', types: ['service', 'website', 'worker'] },
  { kind: 'resource', types: ['database'] },
];

const lowerCase = text(63).transform(value => value.toLocaleLowerCase('en-US'));

/** `day2` of app-config, as adopters write it. */
export const day2Schema = section({
  role: oneOf(['all', 'api', 'collector']).default('all'),
  clusters: listOf(cluster).default([]).superRefine(refuseDoubles),
  environments: listOf(section({ namespace: pattern, environment })).default(
    [],
  ),
  services: section({
    filter: listOf(
      section({ kind: lowerCase, types: listOf(lowerCase).optional() }),
    ).default(defaultFilter),
  }).prefault({}),
  correlation: section({
    claims: oneOf(['show', 'bounded']).default('show'),
    namespaces: listOf(grant, 10_000).default([]),
  }).prefault({}),
  catalog: section({
    refresh: duration({ min: 5 * second, max: day }).prefault('60s'),
  }).prefault({}),
  history: section({
    retention: duration({ min: day, max: 3650 * day }).prefault('90d'),
    hold: duration({ min: 0, max: 60 * minute }).prefault('60s'),
  }).prefault({}),
  transport: oneOf(['auto', 'direct', 'proxy']).default('auto'),
  sources: z.record(z.string(), source).default({}),
  kinds: listOf(kind, 200).default([]),
  logs: section({
    requestsPerMinute: z.coerce
      .number('must be a number')
      .int('must be a whole number')
      .min(1, 'must be at least 1')
      .max(1000, 'must be at most 1000')
      .default(30),
  }).prefault({}),
  metrics: section({ process: flag.default(false) }).prefault({}),
});

function refuseDoubles(
  clusters: readonly { name: string }[],
  context: z.RefinementCtx,
) {
  const seen = new Map<string, number>();
  for (const [index, { name }] of clusters.entries()) {
    const first = seen.get(name);
    if (first !== undefined) {
      context.addIssue({
        code: 'custom',
        path: [index, 'name'],
        message: `names ${name} again: write one element per cluster (the first is day2.clusters[${first}])`,
      });
    }
    seen.set(name, first ?? index);
  }
}
