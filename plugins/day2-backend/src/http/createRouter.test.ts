import {
  mockCredentials,
  mockErrorHandler,
  mockServices,
} from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { Item } from '@day2ops/backstage-plugin-day2-common';
import {
  ClusterGateway,
  ClusterRequest,
} from '@day2ops/backstage-plugin-day2-node';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import express from 'express';
import { Counter, Histogram, Registry } from 'prom-client';
import request from 'supertest';
import { ReadStore, VisibleSet } from '../model/reads';
import { createRateLimit } from '../ondemand/createRateLimit';
import { createRouter } from './createRouter';
import { createDocument } from './openapi/createDocument';
import { routes } from './openapi/routes';

const moment = '2026-11-21T03:07:00.000Z';
const verdict = {
  health: 'degraded' as const,
  reason: 'OOMKilled',
  params: { container: 'api', times: 7 },
  message: 'Container `api` was OOM-killed 7 times.',
};
const item: Item = {
  ...verdict,
  id: 'f00d',
  area: 'workloads',
  environment: 'production',
  cluster: 'production',
  source: 'kubernetes',
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'gsv-prod',
  name: 'gsv-api',
  since: moment,
  sinceSource: 'object',
  observedAt: moment,
  proof: 'object',
  evidence: {
    pods: {
      total: 1,
      ready: 0,
      counts: { degraded: 1 },
      worst: [
        {
          name: 'gsv-api-54-2xkqp',
          health: 'degraded',
          reason: 'OOMKilled',
          message: 'Out of memory',
          containers: [
            {
              name: 'api',
              role: 'container',
              health: 'degraded',
              state: 'waiting',
              ready: false,
              restarts: 7,
            },
          ],
        },
      ],
    },
  },
  links: [],
};

function createReads(): ReadStore {
  const sees = (visible: VisibleSet) => visible === 'all' || visible.has(1);
  const report = {
    ...verdict,
    entityRef: 'component:default/gsv-api',
    since: moment,
    areas: [
      {
        area: 'workloads' as const,
        health: verdict.health,
        reason: verdict.reason,
        environment: 'production',
        since: moment,
        items: [item],
      },
    ],
    unknown: [],
    freshness: [],
  };
  const known = (ref: string) => ref === 'component:default/gsv-api';
  return {
    version: async () => ['7'],
    serviceId: async ref => (known(ref) ? 1 : undefined),
    listServices: async ({ visible }) => ({
      items: [],
      totalItems: sees(visible) ? 1 : 0,
      counts: {
        healthy: 0,
        suspended: 0,
        progressing: 0,
        unknown: 0,
        warning: 0,
        degraded: 1,
        critical: 0,
      },
    }),
    report: async ({ visible, entityRef }) =>
      sees(visible) && known(entityRef) ? report : undefined,
    timeline: async () => ({
      from: moment,
      to: moment,
      lanes: [],
      deploys: [],
      transitions: [],
      truncated: false,
    }),
    listItems: async () => ({ items: [], totalItems: 0 }),
    item: async ({ visible, entityRef, itemId }) =>
      sees(visible) && known(entityRef) && itemId === 'f00d' ? item : undefined,
    listClusters: async () => [],
  };
}

function setup(
  options: {
    visible?: VisibleSet;
    admin?: boolean;
    logs?: AuthorizeResult.ALLOW | AuthorizeResult.DENY;
    answer?: { status: number; body: string };
  } = {},
) {
  const {
    visible = new Set([1]),
    admin = false,
    logs = AuthorizeResult.ALLOW,
    answer = { status: 200, body: 'token=s3cr3t-value\nready\n' },
  } = options;
  const auditor = mockServices.auditor.mock();
  const success = jest.fn(async () => {});
  const fail = jest.fn(async () => {});
  auditor.createEvent.mockResolvedValue({ success, fail });
  const asked: ClusterRequest[] = [];
  const gateway: ClusterGateway = {
    transport: 'direct',
    listClusters: async () => [],
    async request(one) {
      asked.push(one);
      return { headers: {}, ...answer };
    },
    stream: async () => {
      throw new Error('No route streams');
    },
    close: async () => {},
  };
  const registry = new Registry();
  new Counter({
    name: 'day2_probe_total',
    help: 'For the test',
    registers: [registry],
  }).inc();
  const requestSeconds = new Histogram({
    name: 'day2_http_request_seconds',
    help: 'For the test',
    labelNames: ['route', 'status'],
    registers: [registry],
  });
  const app = express();
  app.use(
    createRouter({
      httpAuth: mockServices.httpAuth(),
      auditor,
      permissions: mockServices.permissions({ result: logs }),
      visibility: {
        services: async () => ({ ids: visible, version: 'v1' }),
        mayReadClusters: async () => admin,
        mayReadMetrics: async () => admin,
      },
      reads: createReads(),
      gateway: () => gateway,
      limitOnDemand: createRateLimit({ perMinute: 2, now: () => 0 }),
      problem: () => undefined,
      registry,
      requestSeconds,
    }),
  );
  app.use(mockErrorHandler());
  return { app, auditor, success, fail, asked };
}

const report = '/v1/services/component/default/gsv-api';

describe('createRouter', () => {
  it('answers with a tag, then 304 while nothing changed, audited once', async () => {
    const { app, auditor, success } = setup();

    const first = await request(app).get(report).expect(200);
    expect(first.body.areas[0].items[0].name).toBe('gsv-api');
    expect(auditor.createEvent).toHaveBeenCalledTimes(1);
    expect(success).toHaveBeenCalledTimes(1);

    await request(app)
      .get(report)
      .set('If-None-Match', first.get('ETag') ?? '')
      .expect(304);
    expect(auditor.createEvent).toHaveBeenCalledTimes(1);
  });

  it('says the same of what is not there and what is not for the reader, also with a tag', async () => {
    const seen = await request(setup().app).get(report).expect(200);
    const { app, fail } = setup({ visible: new Set([2]) });

    const hidden = await request(app)
      .get(report)
      .set('If-None-Match', seen.get('ETag') ?? '')
      .expect(404);
    const absent = await request(app)
      .get('/v1/services/component/default/nothing')
      .expect(404);
    expect(hidden.body.error).toEqual({
      ...absent.body.error,
      message: 'Day 2 knows no service component:default/gsv-api',
    });
    expect(hidden.get('ETag')).not.toBe(seen.get('ETag'));
    expect(fail).toHaveBeenCalledTimes(2);
    await request(app).get(`${report}/timeline`).expect(404);
    await request(app).get(`${report}/items/f00d/logs?pod=x`).expect(404);
  });

  it('names what is wrong with a query', async () => {
    const { app } = setup();
    const { body } = await request(app)
      .get('/v1/services?health=green&limit=500&colour=red')
      .expect(400);
    expect(body.error.message).toMatch(/health\.0: /);
    expect(body.error.message).toMatch(/limit: /);
    expect(body.error.message).toMatch(/colour/);
  });

  it('keeps clusters, unowned items and metrics for those who may', async () => {
    const plain = setup().app;
    await request(plain).get('/v1/clusters').expect(403);
    await request(plain).get('/v1/items?unowned=true').expect(403);
    await request(plain).get('/metrics').expect(403);
    await request(plain).get('/v1/items?unowned=false').expect(200);

    const admin = setup({ admin: true }).app;
    await request(admin).get('/v1/clusters').expect(200);
    await request(admin).get('/v1/items?unowned=true').expect(200);
    const { text } = await request(admin).get('/metrics').expect(200);
    expect(text).toContain('day2_probe_total 1');
  });

  it('loads logs of the item’s own pods only, redacted and limited', async () => {
    const { app, asked } = setup();
    const logs = `${report}/items/f00d/logs`;

    await request(app).get(`${logs}?pod=other-pod`).expect(400);
    expect(asked).toEqual([]);
    const { body } = await request(app)
      .get(`${logs}?pod=gsv-api-54-2xkqp&tail=10`)
      .expect(200);
    expect(body.lines).toHaveLength(2);
    expect(body.lines[0]).not.toContain('s3cr3t-value');
    expect(asked[0]).toMatchObject({
      cluster: 'production',
      path: '/api/v1/namespaces/gsv-prod/pods/gsv-api-54-2xkqp/log',
      query: { container: 'api', tailLines: 10, previous: false },
    });
    const refused = await request(app)
      .get(`${logs}?pod=gsv-api-54-2xkqp`)
      .expect(429);
    expect(refused.get('Retry-After')).toBe('60');
  });

  it('needs the permission for logs, and says which right the cluster lacks', async () => {
    const logs = `${report}/items/f00d/logs?pod=gsv-api-54-2xkqp`;
    const denied = setup({ logs: AuthorizeResult.DENY });
    await request(denied.app).get(logs).expect(403);
    expect(denied.asked).toEqual([]);
    await request(denied.app)
      .get(logs)
      .set('Authorization', mockCredentials.none.header())
      .expect(401);

    const { body } = await request(
      setup({ answer: { status: 403, body: '{}' } }).app,
    )
      .get(logs)
      .expect(200);
    expect(body.problem.reason).toBe('Forbidden');
    expect(body.problem.missingRule).toContain('pods/log');
  });

  it('describes every route, and answers as it describes', async () => {
    const { app } = setup({ admin: true });
    const document = createDocument();
    const served = await request(app).get('/v1/openapi.json').expect(200);
    expect(served.body).toEqual(JSON.parse(JSON.stringify(document)));

    const ajv = addFormats(new Ajv2020({ strict: false }));
    for (const route of routes) {
      const path = route.path
        .replace('{kind}/{namespace}/{name}', 'component/default/gsv-api')
        .replace('{id}', 'f00d');
      const query =
        route.operationId === 'getItemLogs' ? '?pod=gsv-api-54-2xkqp' : '';
      const answers: Record<string, string> = {
        getItemEvents: '{"items": []}',
      };
      const own = setup({
        admin: true,
        answer: {
          status: 200,
          body: answers[route.operationId] ?? 'ready\n',
        },
      });
      const { body } = await request(own.app)
        .get(`/v1${path}${query}`)
        .expect(200);
      const { schema } =
        document.paths[route.path].get.responses[200].content[
          'application/json'
        ];
      const validate = ajv.compile(schema);
      expect([route.operationId, validate(body), validate.errors]).toEqual([
        route.operationId,
        true,
        null,
      ]);
    }
  });
});
