import { LoggerService } from '@backstage/backend-plugin-api';
import { CorrelationTarget } from '../../model/types';
import { Slicer } from '../../engine/time/Slicer';
import { compileCriteria } from '../../visibility/compileCriteria';
import { criteriaSchema } from '../../visibility/criteria';
import { createCorrelator } from '../correlation/createCorrelator';
import { DirectoryEntity, EntityChange, EntityListener } from '../types';

/*
 * How much processor time joining 50,000 objects to 10,000 entities takes:
 * node packages/start/bin/run.mjs plugins/day2-backend/src/directory/bench/correlation.ts
 */

const entityCount = 10_000;
const objectCount = 50_000;
const pageSize = 250;

/** A third by kubernetes id, a third by selector, a third by name. */
function createEntity(index: number): DirectoryEntity {
  const annotations: Record<string, string> = {
    'backstage.io/source-location': `url:https://git.example.com/service-${index}`,
    'backstage.io/managed-by-location': `url:https://git.example.com/${index}`,
  };
  if (index % 3 === 0) {
    annotations['backstage.io/kubernetes-id'] = `service-${index}`;
  } else if (index % 3 === 1) {
    annotations[
      'backstage.io/kubernetes-label-selector'
    ] = `app.kubernetes.io/name=service-${index},tier in (web,worker)`;
  }
  return {
    id: index + 1,
    ref: `component:default/service-${index}`,
    kind: 'Component',
    namespace: 'default',
    name: `service-${index}`,
    isService: true,
    ownerRefs: [`group:default/team-${index % 200}`],
    labels: { tier: index % 2 ? 'one' : 'two' },
    annotations,
    truncated: false,
  };
}

/** A pod behind its ReplicaSet and Deployment. */
function createTarget(index: number): CorrelationTarget {
  const service = index % entityCount;
  const labels: Record<string, string> = {
    'app.kubernetes.io/name': `service-${service}`,
    'app.kubernetes.io/instance': `service-${service}`,
    'app.kubernetes.io/managed-by': 'Helm',
    'pod-template-hash': '7d9f8c6b5d',
    tier: 'web',
  };
  if (service % 3 !== 1) {
    labels['backstage.io/kubernetes-id'] = `service-${service}`;
  }
  const base = {
    cluster: `cluster-${index % 5}`,
    namespace: `team-${service % 200}`,
    labels,
    annotations: {},
  };
  const deployment = { ...base, kind: 'Deployment', name: 'd', through: [] };
  const set = { ...base, kind: 'ReplicaSet', name: 'r', through: [deployment] };
  return { ...base, kind: 'Pod', name: `p-${index}`, through: [set] };
}

function say(what: string, ms: number, rest = '') {
  process.stdout.write(`${what.padEnd(52)} ${ms.toFixed(2)} ms${rest}\n`);
}

/** Time of the processor, since others may want it too. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function time<T>(what: string, work: () => T): T {
  const start = cpuMs();
  const result = work();
  say(what, cpuMs() - start);
  return result;
}

async function sliced<T>(
  what: string,
  all: readonly T[],
  work: (one: T) => void,
): Promise<void> {
  const slicer = new Slicer();
  const start = cpuMs();
  let longest = 0;
  let begun = start;
  for (const one of all) {
    work(one);
    if (slicer.due()) {
      longest = Math.max(longest, cpuMs() - begun);
      await slicer.yield();
      begun = cpuMs();
    }
  }
  say(what, cpuMs() - start, `, longest slice ${longest.toFixed(2)} ms`);
}

const logger: LoggerService = {
  error: () => {},
  warn: () => {},
  info: () => {},
  debug: () => {},
  child: () => logger,
};

/** A correlator, with grants for every team, and how to tell it of changes. */
function createFeed() {
  const listeners = new Set<EntityListener>();
  const correlator = createCorrelator({
    config: {
      clusters: [],
      environments: [],
      correlation: {
        claims: 'show',
        namespaces: Array.from({ length: 200 }, (_, index) => ({
          owner: `group:default/team-${index}`,
          entity: undefined,
          cluster: undefined,
          namespaces: [`team-${index}`],
        })),
      },
    },
    mirror: {
      entities: () => new Map<number, DirectoryEntity>().values(),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    logger,
  });
  const tell = (changes: readonly EntityChange[]) => {
    for (const listener of listeners) {
      listener(changes, false);
    }
  };
  return { correlator, tell };
}

function changeOne(options: {
  feed: ReturnType<typeof createFeed>;
  before: DirectoryEntity;
  targets: readonly CorrelationTarget[];
}) {
  const { feed, before, targets } = options;
  const { correlator, tell } = feed;
  let affected: CorrelationTarget[] = [];
  const unsubscribe = correlator.subscribe(({ mayAffect }) => {
    affected = time('  which of 50,000 objects it may affect', () =>
      targets.filter(mayAffect),
    );
  });
  const annotations = {
    ...before.annotations,
    'backstage.io/kubernetes-id': 'service-3',
  };
  time('one changed entity, with the question below', () =>
    tell([{ before, after: { ...before, annotations } }]),
  );
  unsubscribe();
  time(`  joining these ${affected.length} again`, () => {
    for (const target of affected) {
      correlator.links(target);
    }
  });
}

async function main() {
  const entities = Array.from({ length: entityCount }, (_, index) =>
    createEntity(index),
  );
  const targets = Array.from({ length: objectCount }, (_, index) =>
    createTarget(index),
  );
  const feed = createFeed();
  const pages: EntityChange[][] = [];
  for (let start = 0; start < entityCount; start += pageSize) {
    pages.push(
      entities
        .slice(start, start + pageSize)
        .map(after => ({ before: undefined, after })),
    );
  }
  await sliced('10,000 entities indexed, in pages of 250', pages, feed.tell);
  let links = 0;
  await sliced('50,000 pods joined through their owners', targets, target => {
    links += feed.correlator.links(target).length;
  });
  process.stdout.write(`  ${links / objectCount} links per object\n`);
  for (let round = 0; round < 5; round += 1) {
    changeOne({ feed, before: entities[round * 3], targets });
  }
  const criteria = criteriaSchema.parse({
    anyOf: [
      {
        rule: 'IS_ENTITY_OWNER',
        resourceType: 'catalog-entity',
        params: { claims: ['group:default/team-1', 'user:default/ann'] },
      },
      {
        rule: 'HAS_ANNOTATION',
        resourceType: 'catalog-entity',
        params: { annotation: 'example.com/public', value: 'true' },
      },
    ],
  });
  time('who may see which of 10,000 entities', () => {
    const test = compileCriteria(criteria);
    return entities.filter(entity => test?.(entity)).length;
  });
}

main().catch(error => {
  process.stderr.write(`${error}
`);
  process.exitCode = 1;
});
