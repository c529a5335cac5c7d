import type { IncomingMessage } from 'node:http';
import type { Identity } from '../cluster/access';
import { ANONYMOUS, authenticate, mayTouch, mayVisit } from '../cluster/access';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import { StatusError } from '../cluster/statusError';
import type { RequestInfo } from './requestInfo';

/** Who sent a request. Throws 401 for a token that nobody has; no token at all is the anonymous user. */
export function identify(
  cluster: SandboxCluster,
  request: IncomingMessage,
): Identity {
  const header = request.headers.authorization;
  if (!header) return ANONYMOUS;
  const token = /^Bearer\s+(\S+)$/i.exec(header)?.[1];
  const user = token ? authenticate(cluster.users, token) : undefined;
  if (user) return user;
  throw new StatusError({
    code: 401,
    reason: 'Unauthorized',
    message: 'Unauthorized',
  });
}

function forbidden(user: Identity, info: RequestInfo): StatusError {
  const { resource, verb, path } = info;
  const quotedUser = JSON.stringify(user.name);
  if (!resource) {
    return new StatusError({
      code: 403,
      reason: 'Forbidden',
      message: `forbidden: User ${quotedUser} cannot ${verb} path "${path}"`,
      details: {},
    });
  }
  const { group, plural, name, namespace, subresource } = resource;
  const qualified = group ? `${plural}.${group}` : plural;
  const subject = name ? `${qualified} ${JSON.stringify(name)}` : qualified;
  const target = subresource ? `${plural}/${subresource}` : plural;
  const scope = namespace
    ? `in the namespace "${namespace}"`
    : 'at the cluster scope';
  return new StatusError({
    code: 403,
    reason: 'Forbidden',
    message: `${subject} is forbidden: User ${quotedUser} cannot ${verb} resource "${target}" in API group "${group}" ${scope}`,
    details: {
      ...(name ? { name } : {}),
      ...(group ? { group } : {}),
      kind: plural,
    },
  });
}

/** Throws 403 unless the user's rules allow the request. */
export function authorize(user: Identity, info: RequestInfo): void {
  const { resource, verb, path } = info;
  const allowed = resource
    ? mayTouch(user, {
        verb,
        group: resource.group,
        resource: resource.subresource
          ? `${resource.plural}/${resource.subresource}`
          : resource.plural,
        name: resource.name,
      })
    : mayVisit(user, verb, path);
  if (!allowed) throw forbidden(user, info);
}
