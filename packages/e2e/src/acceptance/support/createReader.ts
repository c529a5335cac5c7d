import {
  clusterListSchema,
  itemListSchema,
  ServiceReport,
  serviceListSchema,
  serviceReportSchema,
  serviceTimelineSchema,
} from '@day2ops/backstage-plugin-day2-common';
import { waitFor } from './waitFor';

/** The people of the demo: who sees everything, and who sees what he owns. */
export const people = {
  mara: 'user:default/mara.lindqvist',
  jonas: 'user:default/jonas.weber',
} as const;

/** One answer of the API. */
export interface Answer {
  status: number;
  text: string;
  etag: string | undefined;
}

/** Reads a portal's Day 2 as one of its people, over HTTP. Answers other than 200 throw, but for `get`. */
export async function createReader(options: { url: string; person: string }) {
  const { url, person } = options;
  const { answer: token } = await waitFor(() => signIn(url, person), {
    seconds: 60,
  });

  async function get(path: string, ifNoneMatch?: string): Promise<Answer> {
    const response = await fetch(`${url}/api/day2${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(ifNoneMatch ? { 'if-none-match': ifNoneMatch } : {}),
      },
    });
    return {
      status: response.status,
      text: await response.text(),
      etag: response.headers.get('etag') ?? undefined,
    };
  }

  async function json(path: string): Promise<unknown> {
    const { status, text } = await get(path);
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
    return JSON.parse(text);
  }

  return {
    get,
    json,
    services: async (query = 'limit=200') =>
      serviceListSchema.parse(await json(`/v1/services?${query}`)),
    report: async (ref: string) =>
      serviceReportSchema.parse(await json(pathOf(ref))),
    timeline: async (ref: string) =>
      serviceTimelineSchema.parse(await json(`${pathOf(ref)}/timeline`)),
    items: async (query = 'limit=200') =>
      itemListSchema.parse(await json(`/v1/items?${query}`)),
    clusters: async () => clusterListSchema.parse(await json('/v1/clusters')),
  };
}

export type Reader = Awaited<ReturnType<typeof createReader>>;

async function signIn(url: string, person: string): Promise<string> {
  const response = await fetch(`${url}/api/auth/demo/refresh`, {
    headers: { 'x-day2-demo-user': person },
  });
  const session = await response.json();
  const token = session?.backstageIdentity?.token;
  if (!token) throw new Error(`${person} cannot sign in: ${response.status}`);
  return token;
}

/** Path of a service's report. */
export function pathOf(entityRef: string): string {
  const [kind, rest] = entityRef.split(':');
  return `/v1/services/${kind}/${rest}`;
}

/** Every item of a report. */
export function itemsOf(report: ServiceReport) {
  return report.areas.flatMap(({ items }) => items);
}

/** Waits until every cluster has been read and so many services are known and judged. */
export async function waitUntilJudged(
  reader: Reader,
  options: { services: number; seconds: number },
): Promise<number> {
  const { ms } = await waitFor(async () => {
    const { items: clusters } = await reader.clusters();
    expect(clusters).not.toHaveLength(0);
    for (const { state, kinds } of clusters) {
      expect(state).toBe('connected');
      expect(kinds).not.toHaveLength(0);
      for (const kind of kinds) {
        expect(['init', 'listing']).not.toContain(kind.state);
      }
    }
    const { items: services } = await reader.services();
    expect(services).toHaveLength(options.services);
    for (const { reason } of services) {
      expect(reason).not.toBe('NeverSynced');
    }
  }, options);
  return ms;
}
