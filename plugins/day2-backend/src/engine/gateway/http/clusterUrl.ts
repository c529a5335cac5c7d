import { InputError } from '@backstage/errors';
import { ClusterRequest } from '@day2ops/backstage-plugin-day2-node';

/**
 * The URL of a request below a base URL, which may have a path of its own.
 *
 * @throws InputError for a path that would not arrive as it is written: dot segments, a query, unescaped characters
 */
export function clusterUrl(
  base: string,
  request: Pick<ClusterRequest, 'path' | 'query'>,
): URL {
  const url = new URL(base);
  const path = url.pathname.replace(/\/+$/, '') + request.path;
  url.pathname = path;
  if (!request.path.startsWith('/') || url.pathname !== path) {
    throw new InputError(`Not a path of the Kubernetes API: ${request.path}`);
  }
  url.search = '';
  for (const [name, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) {
      url.searchParams.set(name, String(value));
    }
  }
  return url;
}
