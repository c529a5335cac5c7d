import { KindDefinition, kindName } from '@day2ops/backstage-plugin-day2-node';
// Only this measurement sees both sides: what is kept of a pod is decided by the source.
// eslint-disable-next-line import/no-restricted-paths
import { builtInSources } from '../../sources';
import { KindTable } from '../records/KindTable';
import { RecordStore } from '../records/RecordStore';
import { defaultTiming } from '../reflector/types';
import { Slicer } from '../time/Slicer';
import { podText } from './objects';

/*
 * How much heap a watched pod takes, and how long the event loop is held while 50,000 come:
 * NODE_OPTIONS=--expose-gc node packages/start/bin/run.mjs plugins/day2-backend/src/engine/bench/watchedObjects.ts
 */

const podCount = 50_000;
const pageSize = defaultTiming.pageSize;

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
