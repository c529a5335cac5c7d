import { timingSafeEqual } from 'node:crypto';

/** A rule of a ClusterRole; `*` stands for all. `resources` name subresources as `pods/log`. */
export interface AccessRule {
  apiGroups?: readonly string[];
  resources?: readonly string[];
  resourceNames?: readonly string[];
  nonResourceURLs?: readonly string[];
  verbs: readonly string[];
}

/** Who may come with which bearer token, and what for. */
export interface ClusterUser {
  name: string;
  groups?: readonly string[];
  token: string;
  rules: readonly AccessRule[];
}

/** A user after authentication: without the token. */
export interface Identity {
  name: string;
  groups: readonly string[];
  rules: readonly AccessRule[];
}

/** What somebody wants to do to a resource. */
export interface ResourceAttributes {
  verb: string;
  group: string;
  /** With the subresource, as rules name it: `pods/log`. */
  resource: string;
  name?: string;
}

/** What cluster-admin may do. */
export const allowEverything: readonly AccessRule[] = [
  { apiGroups: ['*'], resources: ['*'], verbs: ['*'] },
  { nonResourceURLs: ['*'], verbs: ['*'] },
];

// ClusterRole system:public-info-viewer
const FOR_ALL: readonly AccessRule[] = [
  {
    nonResourceURLs: ['/healthz', '/livez', '/readyz', '/version', '/version/'],
    verbs: ['get'],
  },
];

// ClusterRoles system:basic-user and system:discovery
const FOR_AUTHENTICATED: readonly AccessRule[] = [
  {
    apiGroups: ['authorization.k8s.io'],
    resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'],
    verbs: ['create'],
  },
  {
    apiGroups: ['authentication.k8s.io'],
    resources: ['selfsubjectreviews'],
    verbs: ['create'],
  },
  {
    nonResourceURLs: [
      '/api',
      '/api/*',
      '/apis',
      '/apis/*',
      '/livez/*',
      '/openapi',
      '/openapi/*',
      '/readyz/*',
    ],
    verbs: ['get'],
  },
];

/** Who comes without a token. */
export const ANONYMOUS: Identity = {
  name: 'system:anonymous',
  groups: ['system:unauthenticated'],
  rules: FOR_ALL,
};

function sameText(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The owner of a bearer token; undefined when nobody has it. */
export function authenticate(
  users: readonly ClusterUser[],
  token: string,
): Identity | undefined {
  const user = users.find(candidate => sameText(candidate.token, token));
  if (!user) return undefined;
  return {
    name: user.name,
    groups: [...(user.groups ?? []), 'system:authenticated'],
    rules: [...FOR_ALL, ...FOR_AUTHENTICATED, ...user.rules],
  };
}

function includes(list: readonly string[] | undefined, value: string): boolean {
  return list?.some(entry => entry === '*' || entry === value) ?? false;
}

function resourceMatches(rule: AccessRule, resource: string): boolean {
  if (includes(rule.resources, resource)) return true;
  const slash = resource.indexOf('/');
  return (
    slash > 0 &&
    (rule.resources?.includes(`*${resource.slice(slash)}`) ?? false)
  );
}

export function mayTouch(user: Identity, wanted: ResourceAttributes): boolean {
  return user.rules.some(
    rule =>
      includes(rule.verbs, wanted.verb) &&
      includes(rule.apiGroups, wanted.group) &&
      resourceMatches(rule, wanted.resource) &&
      (!rule.resourceNames?.length ||
        (wanted.name !== undefined &&
          rule.resourceNames.includes(wanted.name))),
  );
}

export function mayVisit(user: Identity, verb: string, path: string): boolean {
  return user.rules.some(
    rule =>
      includes(rule.verbs, verb) &&
      (rule.nonResourceURLs ?? []).some(
        pattern =>
          pattern === path ||
          (pattern.endsWith('*') && path.startsWith(pattern.slice(0, -1))),
      ),
  );
}
