/** Reviews answer what a credential may do; they are sent as POST and change nothing. */
const reviews = new Set([
  '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
  '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews',
  '/apis/authentication.k8s.io/v1/selfsubjectreviews',
]);

/** Read as GET, these reach through the API server into pods, services and kubelets, where a GET may do anything. */
const reaching = new Set(['proxy', 'exec', 'attach', 'portforward']);

/**
 * Why a request is not forwarded; undefined if it is.
 *
 * @param {{ method: string, path: string, allowWrites: boolean }} request `path` as it was sent, with its query
 */
export function refusal({ method, path, allowWrites }) {
  const pathname = decodePath(path);
  if (pathname === undefined) {
    return 'the path cannot be read';
  }
  if (allowWrites) {
    return undefined;
  }
  if (method === 'POST' && reviews.has(pathname)) {
    return undefined;
  }
  if (method !== 'GET' && method !== 'HEAD') {
    return `${method} changes things, and this portal was started read only`;
  }
  const subresource = pathname
    .split('/')
    .find(part => reaching.has(part.toLowerCase()));
  return (
    subresource &&
    `${subresource} reaches into the cluster, and this portal was started read only`
  );
}

/** The path as the API server will read it; undefined for what normalizes into something else. */
function decodePath(path) {
  try {
    const decoded = decodeURIComponent(path.split('?')[0]);
    const isPlain =
      decoded.startsWith('/') && !/\/\.{1,2}(\/|$)|\/\/|[\\\0]/.test(decoded);
    return isPlain ? decoded : undefined;
  } catch {
    return undefined;
  }
}
