import { KubernetesObject, Sandbox } from 'sandbox';
import { checkDefinition, checkKind, checkRule } from './support/checks';
import { createCompanyFor } from './support/createCompanyFor';
import {
  createReader,
  itemsOf,
  pathOf,
  people,
  Reader,
  waitUntilJudged,
} from './support/createReader';
import { dumpDatabases } from './support/dumpDatabases';
import { planted, plantSecrets } from './support/plantSecrets';
import {
  companyServices,
  SandboxPortal,
  startSandboxPortal,
} from './support/startSandboxPortal';
import { waitFor } from './support/waitFor';

jest.setTimeout(240_000);

/** A workload of two teams. */
const shared: KubernetesObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: {
    namespace: 'skillforge',
    name: 'shared-gateway',
    labels: { 'backstage.io/kubernetes-id': 'skillforge-api' },
    annotations: { 'day2ops.io/entity': 'component:default/gsv-api' },
  },
  spec: {
    replicas: 0,
    selector: { matchLabels: { app: 'shared-gateway' } },
    template: {
      metadata: { labels: { app: 'shared-gateway' } },
      spec: { containers: [{ name: 'one', image: 'example.org/one:1' }] },
    },
  },
};

const own = 'component:default/skillforge-api';
const foreign = 'component:default/gsv-api';

describe('what the portal keeps to itself', () => {
  const company = createCompanyFor({ more: [checkRule] });
  let portal: SandboxPortal;
  let sandbox: Sandbox;
  let mara: Reader;
  let jonas: Reader;

  beforeAll(async () => {
    portal = await startSandboxPortal({
      sandbox: company.options,
      day2: { kinds: [checkKind], logs: { requestsPerMinute: 200 } },
      prepare: ({ clusters, ...rest }) => {
        clusters.production.store.create(checkDefinition());
        clusters.production.store.create(shared);
        plantSecrets({ clusters, ...rest });
      },
    });
    sandbox = portal.sandbox;
    const { url } = portal.backend;
    mara = await createReader({ url, person: people.mara });
    jonas = await createReader({ url, person: people.jonas });
    await waitUntilJudged(mara, { services: companyServices, seconds: 90 });
  });

  afterAll(async () => {
    await portal?.close();
    company.close();
  });

  describe('secrets', () => {
    it('appear nowhere: not in the database, answers, logs and metrics', async () => {
      const { answer: leaky } = await waitFor(
        async () => {
          const items = itemsOf(await mara.report(foreign));
          expect(items).toContainEqual(
            expect.objectContaining({
              name: 'leaky',
              reason: 'CrashLoopBackOff',
            }),
          );
          return items.filter(({ name }) => /leaky|odd/.test(name));
        },
        { seconds: 60 },
      );
      expect(leaky.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
        'Check leaky',
        'Check odd',
        'Deployment leaky',
        'Job leaky-migration',
        'Pod leaky-pod',
      ]);
      const told = leaky.filter(item =>
        JSON.stringify(item).includes('[hidden]'),
      );
      expect(told.map(({ kind, name }) => `${kind} ${name}`).sort()).toEqual([
        'Check leaky',
        'Job leaky-migration',
        'Pod leaky-pod',
      ]);

      const answers: string[] = [];
      const read = async (path: string) => {
        const { text } = await mara.get(path);
        answers.push(`${path} ${text}`);
        return text;
      };
      const base = pathOf(foreign);
      for (const path of [
        ...['/v1/services?limit=200', '/v1/items?limit=200', '/v1/clusters'],
        ...['/v1/items?unowned=true&limit=200', '/v1/openapi.json', '/metrics'],
        ...[base, `${base}/timeline`],
      ]) {
        await read(path);
      }
      for (const { id, evidence } of leaky) {
        await read(`${base}/items/${id}/events`);
        for (const { name } of evidence.pods?.worst ?? []) {
          await read(`${base}/items/${id}/logs?pod=${name}&previous=true`);
          await read(`${base}/items/${id}/logs?pod=${name}`);
        }
      }
      const about = (path: string) =>
        answers.filter(answer => answer.startsWith(path)).join();
      expect(about(`${base}/items`)).toContain('connecting to postgres://[hid');
      expect(about(`${base}/items`)).toContain('--client-secret=[hidden] is');

      const dump = dumpDatabases(portal.folder);
      expect(dump.get('day2/items')?.join('\n')).toContain('leaky-migration');
      const places = [
        ...answers.map(answer => `answer ${answer}`),
        ...portal.backend.lines.map(line => `log ${line}`),
        ...[...dump].flatMap(([table, rows]) =>
          rows.map(row => `${table} ${row}`),
        ),
      ];
      const { reader, admin } = sandbox.tokens;
      const leaks = places.filter(
        place =>
          planted.test(place) ||
          place.includes(reader) ||
          place.includes(admin),
      );
      expect(leaks).toEqual([]);
    });
  });

  describe('services of others', () => {
    it('are in no list, total, count, facet or roll-up', async () => {
      const all = await mara.services();
      const visible = all.items.filter(({ owners }) =>
        owners.includes('group:default/skillforge'),
      );
      const list = await jonas.services();
      expect(list.items).toEqual(visible);
      expect(list.totalItems).toBe(visible.length);
      const sum = Object.values(list.counts).reduce((a, b) => a + b, 0);
      expect(sum).toBe(visible.length);
      expect(list.facets?.system).toEqual([
        { value: 'system:default/skillforge', count: visible.length },
      ]);
      expect(list.facets?.owner).toEqual([
        { value: 'group:default/skillforge', count: visible.length },
      ]);
      for (const query of [
        'owner=group:default/gsv-sre',
        'system=system:default/gsv',
        `entity=${foreign}`,
        'text=gsv',
      ]) {
        expect(await jonas.services(query)).toMatchObject({
          items: [],
          totalItems: 0,
        });
      }
      const { nextCursor } = await mara.services('limit=2');
      const continued = await jonas.get(
        `/v1/services?limit=2&cursor=${nextCursor}`,
      );
      expect(continued.text).not.toMatch(/gsv|platform-go|orchestrator/);
    });

    it('are behind no item that is shared with them', async () => {
      const find = async (reader: Reader) =>
        itemsOf(await reader.report(own)).find(
          ({ name }) => name === 'shared-gateway',
        );
      expect((await find(mara))?.sharedWith).toEqual([foreign]);
      const seen = await find(jonas);
      expect(seen).toMatchObject({ kind: 'Deployment' });
      expect(seen?.sharedWith ?? []).toEqual([]);
      const { items } = await jonas.items('text=shared-gateway');
      expect(items.map(({ entityRefs }) => entityRefs)).toEqual([[own]]);
    });

    it('are not found, as if they were not there', async () => {
      const [item] = itemsOf(await mara.report(foreign));
      const unknown = 'component:default/not-there';
      const { etag } = await mara.get(pathOf(foreign));
      for (const below of [
        '',
        '/timeline',
        `/items/${item.id}/events`,
        `/items/${item.id}/logs?pod=x`,
      ]) {
        const hidden = await jonas.get(`${pathOf(foreign)}${below}`);
        const missing = await jonas.get(`${pathOf(unknown)}${below}`);
        expect(hidden.status).toBe(404);
        expect(hidden.text.replaceAll('gsv-api', 'not-there')).toBe(
          missing.text,
        );
        expect(hidden.etag).not.toBe(etag);
        for (const tag of [etag, '*']) {
          const again = await jonas.get(`${pathOf(foreign)}${below}`, tag);
          expect(again.status).toBe(404);
        }
      }
      const through = `${pathOf(own)}/items/${item.id}/events`;
      expect((await jonas.get(through)).status).toBe(404);
    });

    it('are in no answer and no tag at all', async () => {
      const names = (await mara.services()).items
        .filter(({ owners }) => !owners.includes('group:default/skillforge'))
        .map(({ entityRef }) => entityRef.replace(/^.*\//, ''));
      expect(names.length).toBeGreaterThan(15);
      const { items } = await jonas.services();
      const paths = [
        '/v1/services?limit=200',
        '/v1/items?limit=200',
        ...items.flatMap(({ entityRef }) => [
          pathOf(entityRef),
          `${pathOf(entityRef)}/timeline`,
        ]),
      ];
      for (const path of paths) {
        const his = await jonas.get(path);
        expect(his.status).toBe(200);
        const found = names.filter(name => his.text.includes(`${name}"`));
        expect({ path, found }).toEqual({ path, found: [] });
        const hers = await mara.get(path);
        const shown = await jonas.get(path, hers.etag);
        expect({ path, status: shown.status }).toEqual({ path, status: 200 });
      }
      const { etag } = await jonas.get('/v1/services');
      await waitFor(
        async () => {
          const again = await jonas.get('/v1/services');
          const same = await jonas.get('/v1/services', again.etag);
          expect(same).toMatchObject({ status: 304, text: '' });
        },
        { seconds: 20 },
      );
      expect(etag).toMatch(/^"[\w-]+"$/);
    });

    it('leave clusters, metrics and what nobody owns to the platform team', async () => {
      for (const path of [
        '/v1/clusters',
        '/v1/items?unowned=true',
        '/metrics',
      ]) {
        const { status, text } = await jonas.get(path);
        expect({ path, status }).toEqual({ path, status: 403 });
        expect(text).not.toMatch(/gsv|platform-go/);
      }
      const anonymous = await fetch(
        `${portal.backend.url}/api/day2/v1/services`,
      );
      expect(anonymous.status).toBe(401);
    });
  });
});
