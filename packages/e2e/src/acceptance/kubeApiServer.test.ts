import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  createReader,
  itemsOf,
  pathOf,
  people,
  Reader,
} from './support/createReader';
import { dumpDatabases } from './support/dumpDatabases';
import { lab, LabCluster, startLabCluster } from './support/lab';
import { labEntities, labManifests } from './support/labWorkloads';
import { planted } from './support/plantSecrets';
import { Backend, startBackend } from './support/startBackend';
import { waitFor } from './support/waitFor';

jest.setTimeout(240_000);

const whereLab = lab ? describe : describe.skip;

whereLab('a real kube-apiserver with real controllers', () => {
  let folder: string;
  let cluster: LabCluster;
  let backend: Backend;
  let mara: Reader;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'day2-acceptance-'));
    cluster = await startLabCluster(lab ?? '');
    const catalog = path.join(folder, 'catalog.yaml');
    await writeFile(catalog, labEntities);
    const { url, caPem, readerToken: token } = cluster;
    const settings = { name: 'lab', environment: 'production' };
    backend = await startBackend({
      folder,
      catalog,
      clusters: [{ ...settings, url, caPem, token }],
    });
    mara = await createReader({ url: backend.url, person: people.mara });
  });

  afterAll(async () => {
    await backend?.end('SIGTERM');
    await cluster?.close();
    await rm(folder, { recursive: true, force: true });
  });

  const itemOf = async (name: string) => {
    const report = await mara.report(`component:default/${name}`);
    return itemsOf(report)[0];
  };

  it('is judged as its objects are, within a minute', async () => {
    await cluster.apply(labManifests);
    const expected = {
      ready: 'Deployment healthy Available',
      crashloop: 'Deployment critical CrashLoopBackOff',
      oom: 'Deployment critical OOMKilled',
      imagepull: 'Deployment critical ImagePullBackOff',
      unready: 'Deployment critical ProgressDeadlineExceeded',
      unschedulable: 'Deployment critical Unschedulable',
      'failed-job': 'Job degraded JobFailed',
      'every-minute': expect.stringMatching(/^CronJob healthy /),
      'pending-claim': 'PersistentVolumeClaim progressing Binding',
    };
    const { ms } = await waitFor(
      async () => {
        const found = await Promise.all(
          Object.keys(expected).map(async name => {
            const item = await itemOf(name);
            return [name, `${item?.kind} ${item?.health} ${item?.reason}`];
          }),
        );
        expect(Object.fromEntries(found)).toEqual(expected);
      },
      { seconds: 120 },
    );
    process.stderr.write(`  judged ${Math.round(ms)} ms after kubectl apply\n`);
    const item = await itemOf('crashloop');
    expect(item).toMatchObject({ proof: 'object', cluster: 'lab' });
    expect(item.evidence.pods?.worst[0].containers[0].lastExit).toMatchObject({
      code: 1,
    });
    const { items } = await mara.clusters();
    expect(items).toMatchObject([
      { state: 'connected', environment: 'production', missingRules: null },
    ]);
  });

  it('shows a running pod that breaks, and that it is mended', async () => {
    const annotate = (value: string) =>
      cluster.kubectl(
        ...['-n', 'acceptance', 'annotate', 'pod', '-l', 'app=ready'],
        `lab.day2ops.io/outcome${value}`,
      );
    for (const [value, health, reason] of [
      ['=unready', 'critical', 'ReadinessFailing'],
      ['-', 'healthy', 'Available'],
    ]) {
      await annotate(value);
      const { ms } = await waitFor(
        async () =>
          expect(await itemOf('ready')).toMatchObject({ health, reason }),
        { seconds: 120 },
      );
      process.stderr.write(`  ${reason} after ${Math.round(ms)} ms\n`);
    }
  });

  it('is asked nothing by pages', async () => {
    const probes = (list: readonly { uri: string }[]) =>
      list.filter(({ uri }) => uri.startsWith('/readyz')).length;
    const begin = cluster.requests().length;
    const waitForProbe = (count: number) =>
      waitFor(
        () =>
          expect(
            probes(cluster.requests().slice(begin)),
          ).toBeGreaterThanOrEqual(count),
        { seconds: 120 },
      );
    await waitForProbe(1);
    const { items } = await mara.services();
    for (let round = 0; round < 5; round += 1) {
      for (const page of [
        ...['/v1/services', '/v1/items', '/v1/clusters', '/metrics'],
        ...items.map(({ entityRef }) => pathOf(entityRef)),
        ...items.map(({ entityRef }) => `${pathOf(entityRef)}/timeline`),
      ]) {
        expect(await mara.get(page)).toMatchObject({ status: 200 });
      }
    }
    await waitForProbe(2);
    const extra = cluster
      .requests()
      .slice(begin)
      .filter(({ verb }) => verb !== 'watch')
      .filter(({ uri }) => !/^\/(readyz|version|apis?(\?|$))/.test(uri));
    expect(extra).toEqual([]);
  });

  it('keeps its secrets', async () => {
    const { text: metrics } = await mara.get('/metrics');
    const { items } = await mara.services();
    const reports = await Promise.all(
      items.map(async ({ entityRef }) => mara.get(pathOf(entityRef))),
    );
    const places = [
      metrics,
      ...reports.map(({ text }) => text),
      ...backend.lines,
      ...[...dumpDatabases(folder)].flatMap(([table, rows]) =>
        rows.map(row => `${table} ${row}`),
      ),
    ];
    expect(places.join()).toContain('crashloop');
    expect(places.filter(place => planted.test(place))).toEqual([]);
    const { adminToken, readerToken } = cluster;
    for (const token of [adminToken, readerToken]) {
      expect(places.filter(place => place.includes(token))).toEqual([]);
    }
  });

  it('is unknown while it hangs, and right when it goes on', async () => {
    const before = await mara.services();
    cluster.signal('SIGSTOP');
    const { ms: lost } = await waitFor(
      async () => {
        const { items, counts, totalItems } = await mara.services();
        expect(items).toHaveLength(before.totalItems);
        for (const item of items) {
          expect(item).toMatchObject({ health: 'unknown', reason: 'Stale' });
        }
        expect(counts).toMatchObject({ unknown: totalItems, healthy: 0 });
        expect((await mara.clusters()).items).toMatchObject([
          { state: 'silent', health: 'unknown' },
        ]);
      },
      { seconds: 90 },
    );
    expect(await mara.report('component:default/ready')).toMatchObject({
      health: 'unknown',
      lastKnown: { health: 'healthy' },
    });
    cluster.signal('SIGCONT');
    const verdicts = ({ items }: typeof before) =>
      items.map(({ entityRef, health }) => `${entityRef} ${health}`).sort();
    const { ms: back } = await waitFor(
      async () =>
        expect(verdicts(await mara.services())).toEqual(verdicts(before)),
      { seconds: 30 },
    );
    process.stderr.write(
      `  ms until unknown ${Math.round(lost)}, until right again ${Math.round(
        back,
      )}\n`,
    );
  });
});
