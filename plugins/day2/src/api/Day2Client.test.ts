import { createReport, gsvApi } from '../__fixtures__/reports';
import { Day2Client } from './Day2Client';

const report = createReport(Date.parse('2026-11-21T03:07:00Z'));
const discoveryApi = { getBaseUrl: async () => 'http://portal/api/day2' };

function setUp(answers: (() => Response | Promise<Response>)[]) {
  const fetch = jest.fn(async (_url: unknown, _init?: RequestInit) => {
    const answer = answers.shift();
    if (!answer) {
      throw new TypeError('Failed to fetch');
    }
    return answer();
  });
  const client = new Day2Client({ discoveryApi, fetchApi: { fetch } });
  return { client, fetch };
}

const json = (body: unknown, init?: ResponseInit) => () =>
  new Response(JSON.stringify(body), {
    ...init,
    headers: { 'content-type': 'application/json', ...init?.headers },
  });

describe('Day2Client', () => {
  it('asks with the tag of before, and gives the same object when nothing changed', async () => {
    const { client, fetch } = setUp([
      json(report, { headers: { etag: '"a"' } }),
      () => new Response(null, { status: 304 }),
    ]);
    const first = await client.getService('Component:default/GSV-api');
    const second = await client.getService(gsvApi);
    expect(first).toEqual(JSON.parse(JSON.stringify(report)));
    expect(second).toBe(first);
    expect(fetch.mock.calls.map(([url, init]) => [url, init?.headers])).toEqual(
      [
        ['http://portal/api/day2/v1/services/component/default/gsv-api', {}],
        [
          'http://portal/api/day2/v1/services/component/default/gsv-api',
          { 'If-None-Match': '"a"' },
        ],
      ],
    );
  });

  it('writes filters as the backend reads them and leaves out what is not set', async () => {
    const { client, fetch } = setUp([]);
    await expect(
      client.listServices({
        health: ['critical', 'unknown'],
        owner: [],
        text: 'a b&c',
        cursor: undefined,
        limit: 15,
      }),
    ).rejects.toThrow();
    await expect(
      client.getLogs({
        entityRef: gsvApi,
        itemId: 'x/y',
        pod: 'p',
        previous: true,
      }),
    ).rejects.toThrow();
    expect(fetch.mock.calls.map(([url]) => url)).toEqual([
      'http://portal/api/day2/v1/services?health=critical%2Cunknown&text=a+b%26c&limit=15',
      'http://portal/api/day2/v1/services/component/default/gsv-api/items/x%2Fy/logs?pod=p&previous=true',
    ]);
  });

  it.each([
    [403, 'refused'],
    [404, 'missing'],
    [503, 'failed'],
  ])('says what a %s is', async (status, kind) => {
    const { client } = setUp([
      json(
        {
          error: { name: 'X', message: 'upstream connect error' },
          response: { statusCode: status },
        },
        { status, headers: { 'x-request-id': '7f3a91' } },
      ),
    ]);
    await expect(client.listClusters()).rejects.toMatchObject({
      name: 'Day2RequestError',
      kind,
      status,
      requestId: '7f3a91',
    });
  });

  it('tells no answer from an answer that it does not understand', async () => {
    const { client } = setUp([
      json({ items: 'none' }),
      () => new Response('<html>', { status: 200 }),
    ]);
    const kinds = [];
    for (let call = 0; call < 3; call += 1) {
      kinds.push(await client.listClusters().catch(error => error.kind));
    }
    expect(kinds).toEqual(['unreadable', 'unreadable', 'unreachable']);
  });
});
