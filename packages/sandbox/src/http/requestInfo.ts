/** What a path names (k8s.io/apiserver/pkg/endpoints/request/requestinfo.go). */
export interface RequestInfo {
  /** As RBAC names it; the method in lower case when the path names no resource. */
  verb: string;
  path: string;
  resource?: ResourcePath;
}

export interface ResourcePath {
  group: string;
  version: string;
  plural: string;
  namespace?: string;
  name?: string;
  subresource?: string;
}

const NAMESPACE_SUBRESOURCES = new Set(['status', 'finalize']);

function splitPath(path: string): string[] | undefined {
  try {
    return path.split('/').filter(Boolean).map(decodeURIComponent);
  } catch {
    // Not a path that any resource has: answered with 404.
    return undefined;
  }
}

function parseResource(path: string): ResourcePath | undefined {
  const parts = splitPath(path);
  if (!parts) return undefined;
  const [root, ...rest] = parts;
  const core = root === 'api';
  if (!core && root !== 'apis') return undefined;
  const [group, version, ...below] = core ? ['', ...rest] : rest;
  if (version === undefined || !below.length) return undefined;
  const [first, namespace, plural] = below;
  const inNamespace =
    first === 'namespaces' &&
    plural !== undefined &&
    !(below.length === 3 && NAMESPACE_SUBRESOURCES.has(plural));
  if (inNamespace) {
    const [, , , name, subresource, ...more] = below;
    if (more.length) return undefined;
    return { group, version, plural, namespace, name, subresource };
  }
  const [, name, subresource, ...more] = below;
  if (more.length) return undefined;
  return { group, version, plural: first, name, subresource };
}

function verbFor(options: {
  method: string;
  name: string | undefined;
  watch: boolean;
}): string {
  const { method, name, watch } = options;
  switch (method) {
    case 'POST':
      return 'create';
    case 'PUT':
      return 'update';
    case 'PATCH':
      return 'patch';
    case 'DELETE':
      return name ? 'delete' : 'deletecollection';
    case 'GET':
    case 'HEAD':
      if (name) return 'get';
      return watch ? 'watch' : 'list';
    default:
      return method.toLowerCase();
  }
}

/** Reads method and path; `query` only tells a watch from a list. */
export function parseRequest(
  method: string,
  path: string,
  query: URLSearchParams,
): RequestInfo {
  const resource = parseResource(path);
  if (!resource) {
    const verb = method === 'HEAD' ? 'get' : method.toLowerCase();
    return { verb, path };
  }
  const watch = isTrue(query.get('watch'));
  return {
    verb: verbFor({ method, name: resource.name, watch }),
    path,
    resource,
  };
}

/** A boolean query parameter as the API server reads it: present and neither `false` nor `0`. */
export function isTrue(value: string | null): boolean {
  return value !== null && value !== 'false' && value !== '0';
}
