import { KindDefinition, kindName } from '@day2ops/backstage-plugin-day2-node';
// Only this measurement sees both sides: what is kept of a pod is decided by the source.
// eslint-disable-next-line import/no-restricted-paths
import { builtInSources } from '../../sources';
import { KindTable } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';
import { defaultTiming } from '../reflector/types';
import { Slicer } from '../time/Slicer';

/*
 * How much heap a watched pod takes, and how long the event loop is held while 50,000 come:
 * NODE_OPTIONS=--expose-gc node packages/start/bin/run.mjs plugins/day2-backend/src/engine/bench/watchedObjects.ts
 */

const podCount = 50_000;
const perReplicaSet = 5;
const pageSize = defaultTiming.pageSize;

function id(index: number): string {
  const hex = index.toString(16).padStart(12, '0');
  return `5f0c3f3a-1b2c-4d5e-8f90-${hex}`;
}

interface Role {
  role: string;
  index: number;
  set: number;
  startedAt: string;
}

const imageOf = ({ role, set }: Role) =>
  `registry.example.com/team-${set % 50}/${role}:1.${set % 30}.0`;

function containerSpec(each: Role) {
  return {
    name: each.role,
    image: imageOf(each),
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { memory: '256Mi' },
    },
    env: Array.from({ length: 15 }, (_, count) => ({
      name: `SETTING_${count}`,
      value: `value-${count}-${each.index}`,
    })),
    readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
  };
}

/** One in seven was killed once. */
function containerStatus(each: Role) {
  const { role, index, set, startedAt } = each;
  const wasKilled = index % 7 === 0;
  const terminated = {
    exitCode: 137,
    reason: 'OOMKilled',
    startedAt,
    finishedAt: startedAt,
  };
  return {
    name: role,
    image: imageOf(each),
    imageID: `registry.example.com/${role}@sha256:${id(set).repeat(2)}`,
    containerID: `containerd://${id(index)}${id(index)}`,
    ready: true,
    started: true,
    restartCount: wasKilled ? 1 : 0,
    state: { running: { startedAt } },
    lastState: wasKilled ? { terminated } : {},
  };
}

function metadataOf(index: number, set: number, startedAt: string) {
  const owner = `service-${set}-7c9d8b6f5`;
  return {
    name: `${owner}-${(index % 1000).toString(36)}x${index % perReplicaSet}`,
    namespace: `team-${set % 200}`,
    uid: id(index),
    resourceVersion: String(1_000_000 + index),
    creationTimestamp: startedAt,
    labels: {
      'app.kubernetes.io/name': `service-${set}`,
      'pod-template-hash': '7c9d8b6f5',
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: owner,
        uid: id(1_000_000 + set),
        controller: true,
      },
    ],
    managedFields: [
      { manager: 'kubelet', fieldsV1: { pad: 'x'.repeat(2000) } },
    ],
  };
}

/** A pod as the kubelet reports it, in JSON as it comes over the wire. */
function podText(index: number, roles: readonly string[]): string {
  const set = Math.floor(index / perReplicaSet);
  const startedAt = new Date(1.7e12 + index * 1000).toISOString();
  // No two pods start alike: images are pulled in 1 to 4 s, the next container follows, and probes succeed in 5 to 11 s.
  const later = (seconds: number) =>
    new Date(Date.parse(startedAt) + seconds * 1000).toISOString();
  const each = roles.map((role, place) => ({
    role,
    index,
    set,
    startedAt: later(1 + (index % 4) + place * (1 + (index % 2))),
  }));
  const readyAt = later(5 + (index % 7));
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadataOf(index, set, startedAt),
    spec: {
      nodeName: `node-${index % 500}`,
      containers: each.map(containerSpec),
      restartPolicy: 'Always',
    },
    status: {
      phase: 'Running',
      podIP: `10.${index % 250}.${index % 241}.${index % 239}`,
      startTime: startedAt,
      conditions: [
        'Initialized',
        'Ready',
        'ContainersReady',
        'PodScheduled',
      ].map(type => ({ type, status: 'True', lastTransitionTime: readyAt })),
      containerStatuses: each.map(containerStatus),
    },
  });
}

function heapUsed(): number {
  for (let turn = 0; turn < 4; turn += 1) {
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

/** Reads pods page by page, as a list does; returns ms of work and of its longest slice. */
async function readPods(table: KindTable, roles: readonly string[]) {
  const slicer = new Slicer();
  const figures = { busyMs: 0, worstMs: 0 };
  let sliceAt = 0;
  const endSlice = () => {
    const took = performance.now() - sliceAt;
    figures.busyMs += took;
    figures.worstMs = Math.max(figures.worstMs, took);
  };
  for (let start = 0; start < podCount; start += pageSize) {
    const pods: string[] = [];
    for (let index = start; index < start + pageSize; index += 1) {
      pods.push(podText(index, roles));
    }
    const page = `[${pods.join(',')}]`;
    await slicer.yield();
    sliceAt = performance.now();
    for (const object of JSON.parse(page)) {
      table.apply(table.read(object), { late: true });
      if (slicer.due()) {
        endSlice();
        await slicer.yield();
        sliceAt = performance.now();
      }
    }
    endSlice();
  }
  return figures;
}

async function measure(definition: KindDefinition, roles: readonly string[]) {
  const store = new RecordStore({
    definitions: [definition],
    onChange: () => {},
    readability: () => 'synced',
  });
  const table = store.table(kindName(definition));
  if (!table) {
    throw new Error('The store does not keep pods');
  }
  for (let index = 0; index < 1000; index += 1) {
    table.read(JSON.parse(podText(index, roles)));
  }
  const before = heapUsed();
  const { busyMs, worstMs } = await readPods(table, roles);
  const perPod = (heapUsed() - before) / podCount;
  process.stdout.write(
    `${podCount} pods of ${roles.length} container(s): ${Math.round(
      perPod,
    )} B heap each, ${Math.round(
      (busyMs * 1000) / podCount,
    )} µs each to parse, read and index, longest slice ${Math.round(
      worstMs,
    )} ms\n`,
  );
}

async function main() {
  if (!globalThis.gc) {
    throw new Error('Run with NODE_OPTIONS=--expose-gc');
  }
  const pods: KindDefinition | undefined = builtInSources
    .flatMap(({ kinds }) => [...kinds])
    .find(({ group, kind }) => group === '' && kind === 'Pod');
  if (!pods) {
    throw new Error('No built-in source watches pods');
  }
  await measure(pods, ['api']);
  await measure(pods, ['api', 'proxy']);
}

main().catch(error => {
  process.stderr.write(`${error}\n`);
  process.exitCode = 1;
});
