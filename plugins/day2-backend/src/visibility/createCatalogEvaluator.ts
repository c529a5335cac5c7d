import { AuthService, DiscoveryService } from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { z } from 'zod';
import { catalogPluginId, Criteria, entityResourceType } from './criteria';

/** Asks the catalog which of these entities meet the criteria, whatever rules those have. */
export type CatalogEvaluator = (options: {
  criteria: Criteria;
  refs: readonly string[];
}) => Promise<Set<string>>;

/** The catalog reads bodies up to 100 KB. */
const maxBody = 64 * 1024;
const timeoutMs = 5000;

const responseSchema = z.object({
  items: z.tuple([
    z.object({
      id: z.literal('0'),
      result: z.array(z.enum([AuthorizeResult.ALLOW, AuthorizeResult.DENY])),
    }),
  ]),
});

/**
 * @returns an evaluator that throws a ServiceUnavailableError when the catalog does not answer, or not as it should
 */
export function createCatalogEvaluator(options: {
  auth: AuthService;
  discovery: DiscoveryService;
  fetch?: typeof fetch;
}): CatalogEvaluator {
  const { auth, discovery, fetch: fetchApi = fetch } = options;

  async function ask(body: string, count: number): Promise<boolean[]> {
    const baseUrl = await discovery.getBaseUrl(catalogPluginId);
    const { token } = await auth.getPluginRequestToken({
      onBehalfOf: await auth.getOwnServiceCredentials(),
      targetPluginId: catalogPluginId,
    });
    const response = await fetchApi(
      `${baseUrl}/.well-known/backstage/permissions/apply-conditions`,
      {
        method: 'POST',
        body,
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${token}`,
        },
        signal: AbortSignal.timeout(timeoutMs),
      },
    );
    if (!response.ok) {
      throw new Error(`the catalog answered ${response.status}`);
    }
    const { items } = responseSchema.parse(await response.json());
    if (items[0].result.length !== count) {
      throw new Error('the catalog answered for other entities than asked');
    }
    return items[0].result.map(result => result === AuthorizeResult.ALLOW);
  }

  return async ({ criteria, refs }) => {
    const allowed = new Set<string>();
    try {
      for (const chunk of chunksThatFit(criteria, refs)) {
        const results = await ask(bodyOf(criteria, chunk), chunk.length);
        for (const [index, ref] of chunk.entries()) {
          if (results[index]) {
            allowed.add(ref);
          }
        }
      }
    } catch (error) {
      throw new ServiceUnavailableError(
        'The catalog cannot tell which services may be seen',
        error,
      );
    }
    return allowed;
  };
}

function bodyOf(criteria: Criteria, refs: readonly string[]): string {
  return JSON.stringify({
    items: [
      {
        id: '0',
        resourceType: entityResourceType,
        resourceRef: refs,
        conditions: criteria,
      },
    ],
  });
}

function* chunksThatFit(
  criteria: Criteria,
  refs: readonly string[],
): Generator<string[]> {
  const room = maxBody - Buffer.byteLength(bodyOf(criteria, []));
  if (room < 1024) {
    throw new Error('the conditions are too long to be sent to the catalog');
  }
  let chunk: string[] = [];
  let size = 0;
  for (const ref of refs) {
    const length = Buffer.byteLength(JSON.stringify(ref)) + 1;
    if (size + length > room) {
      yield chunk;
      chunk = [];
      size = 0;
    }
    chunk.push(ref);
    size += length;
  }
  if (chunk.length > 0) {
    yield chunk;
  }
}
