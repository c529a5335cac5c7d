import { createHash } from 'node:crypto';
import { apiVersionOf } from '../cluster/keys';
import type { ResourceType } from '../cluster/types';
import type { Answer, RequestContext } from './context';

const QUERY_PARAMETERS = ['dryRun', 'fieldManager', 'fieldValidation'].map(
  name => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  }),
);

function rootOf(type: { group: string; version: string }): string {
  return `${type.group ? 'apis' : 'api'}/${apiVersionOf(type)}`;
}

/**
 * Enough for clients that ask which query parameters a kind understands, as `kubectl apply` and `--dry-run=server` do.
 * There are no schemas: nothing is validated by them.
 */
function documentOf(types: readonly ResourceType[]): Record<string, unknown> {
  const paths = types.map(type => {
    const scope = type.namespaced ? '/namespaces/{namespace}' : '';
    const path = `/${rootOf(type)}${scope}/${type.plural}/{name}`;
    const { group, version, kind } = type;
    const patch = {
      operationId: `patch${kind}`,
      parameters: QUERY_PARAMETERS,
      responses: { 200: { description: 'OK' } },
      'x-kubernetes-action': 'patch',
      'x-kubernetes-group-version-kind': { group, version, kind },
    };
    return [path, { patch }];
  });
  return {
    openapi: '3.0.0',
    info: { title: 'Kubernetes', version: 'unversioned' },
    paths: Object.fromEntries(paths),
    components: { schemas: {} },
  };
}

/** Answers `/openapi/v3` and the document of each group and version; undefined for other paths. */
export function openapi(context: RequestContext): Answer | undefined {
  const { cluster, info } = context;
  if (!info.path.startsWith('/openapi/v3')) return undefined;
  const groups = new Map<string, ResourceType[]>();
  for (const type of cluster.resources.all()) {
    const root = rootOf(type);
    groups.set(root, [...(groups.get(root) ?? []), type]);
  }
  const wanted = info.path.slice('/openapi/v3'.length).replace(/^\//, '');
  if (!wanted) {
    const paths = [...groups].map(([root, types]) => {
      const text = JSON.stringify(documentOf(types));
      const hash = createHash('sha256').update(text).digest('hex');
      const serverRelativeURL = `/openapi/v3/${root}?hash=${hash}`;
      return [root, { serverRelativeURL }];
    });
    return { code: 200, body: { paths: Object.fromEntries(paths) } };
  }
  const types = groups.get(wanted);
  return types ? { code: 200, body: documentOf(types) } : undefined;
}
