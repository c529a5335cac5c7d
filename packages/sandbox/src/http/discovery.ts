import { createHash } from 'node:crypto';
import { apiVersionOf } from '../cluster/keys';
import type { ResourceRegistry } from '../cluster/resourceRegistry';
import type { ResourceType } from '../cluster/types';
import type { Answer, RequestContext } from './context';
import { isReview } from './reviews';

const OBJECT_VERBS = [
  'create',
  'delete',
  'deletecollection',
  'get',
  'list',
  'patch',
  'update',
  'watch',
];

interface GroupVersion {
  version: string;
  types: ResourceType[];
}

interface Group {
  name: string;
  versions: GroupVersion[];
}

function groupsOf(resources: ResourceRegistry): Group[] {
  const groups = new Map<string, Map<string, ResourceType[]>>();
  for (const type of resources.all()) {
    const versions =
      groups.get(type.group) ?? new Map<string, ResourceType[]>();
    const types = versions.get(type.version) ?? [];
    groups.set(type.group, versions.set(type.version, [...types, type]));
  }
  return [...groups].map(([name, versions]) => ({
    name,
    versions: [...versions].map(([version, types]) => ({
      version,
      types: types.sort((a, b) => (a.plural < b.plural ? -1 : 1)),
    })),
  }));
}

function verbsOf(type: ResourceType): string[] {
  if (isReview(type.kind)) return ['create'];
  // A namespace goes one by one.
  return type.kind === 'Namespace' && type.group === ''
    ? OBJECT_VERBS.filter(verb => verb !== 'deletecollection')
    : OBJECT_VERBS;
}

/** What a subresource takes and gives: most of them the object itself. */
function subresourceOf(type: ResourceType, name: string) {
  switch (name) {
    case 'scale':
      return {
        group: 'autoscaling',
        version: 'v1',
        kind: 'Scale',
        verbs: ['get', 'patch', 'update'],
      };
    case 'eviction':
      return {
        group: 'policy',
        version: 'v1',
        kind: 'Eviction',
        verbs: ['create'],
      };
    case 'log':
      return { group: '', version: '', kind: type.kind, verbs: ['get'] };
    default:
      return {
        group: '',
        version: '',
        kind: type.kind,
        verbs: ['get', 'patch', 'update'],
      };
  }
}

function lists(type: ResourceType) {
  return {
    ...(type.shortNames.length ? { shortNames: type.shortNames } : {}),
    ...(type.categories.length ? { categories: type.categories } : {}),
  };
}

function aggregatedResource(type: ResourceType) {
  const subresources = type.subresources.map(name => {
    const { verbs, ...responseKind } = subresourceOf(type, name);
    return { subresource: name, responseKind, verbs };
  });
  return {
    resource: type.plural,
    responseKind: { group: '', version: '', kind: type.kind },
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular,
    verbs: verbsOf(type),
    ...lists(type),
    ...(subresources.length ? { subresources } : {}),
  };
}

/** `APIGroupDiscoveryList` of apidiscovery.k8s.io/v2: everything in one answer, with an ETag. */
function aggregated(context: RequestContext, groups: Group[]): Answer {
  const items = groups.map(({ name, versions }) => ({
    metadata: name ? { name } : {},
    versions: versions.map(({ version, types }) => ({
      version,
      resources: types.map(aggregatedResource),
      freshness: 'Current',
    })),
  }));
  const body = JSON.stringify({
    kind: 'APIGroupDiscoveryList',
    apiVersion: 'apidiscovery.k8s.io/v2',
    metadata: {},
    items,
  });
  const hash = createHash('sha512').update(body).digest('hex').toUpperCase();
  const etag = `"${hash}"`;
  const headers = { ETag: etag, 'Cache-Control': 'public', Vary: 'Accept' };
  if (context.request.headers['if-none-match'] === etag) {
    return { code: 304, body: '', headers };
  }
  const contentType =
    'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';
  return { code: 200, body, contentType, headers };
}

function apiGroup({ name, versions }: Group) {
  const listed = versions.map(({ version }) => ({
    groupVersion: `${name}/${version}`,
    version,
  }));
  return { name, versions: listed, preferredVersion: listed[0] };
}

function resourceList({ types, ...gv }: GroupVersion, group: string) {
  const resources = types.flatMap(type => [
    {
      name: type.plural,
      singularName: type.singular,
      namespaced: type.namespaced,
      kind: type.kind,
      verbs: verbsOf(type),
      ...lists(type),
    },
    ...type.subresources.map(name => {
      const { group: other, version, kind, verbs } = subresourceOf(type, name);
      return {
        name: `${type.plural}/${name}`,
        singularName: '',
        namespaced: type.namespaced,
        ...(other ? { group: other, version } : {}),
        kind,
        verbs,
      };
    }),
  ]);
  return {
    kind: 'APIResourceList',
    apiVersion: 'v1',
    groupVersion: apiVersionOf({ group, version: gv.version }),
    resources,
  };
}

/** Answers `/api`, `/apis` and what is one or two steps below; undefined for other paths and unknown groups. */
export function discover(context: RequestContext): Answer | undefined {
  const { cluster, info, accepted, request } = context;
  const [root, ...rest] = info.path.split('/').filter(Boolean);
  if (root !== 'api' && root !== 'apis') return undefined;
  const groups = groupsOf(cluster.resources).filter(
    ({ name }) => (name === '') === (root === 'api'),
  );
  if (!rest.length) {
    if (accepted.aggregated) return aggregated(context, groups);
    const body =
      root === 'api'
        ? {
            kind: 'APIVersions',
            versions: groups.flatMap(({ versions }) =>
              versions.map(({ version }) => version),
            ),
            serverAddressByClientCIDRs: [
              {
                clientCIDR: '0.0.0.0/0',
                serverAddress: request.headers.host ?? '',
              },
            ],
          }
        : {
            kind: 'APIGroupList',
            apiVersion: 'v1',
            groups: groups.map(apiGroup),
          };
    return { code: 200, body };
  }
  const [name, version, ...more] = root === 'api' ? ['', ...rest] : rest;
  const group = groups.find(candidate => candidate.name === name);
  if (!group || more.length) return undefined;
  if (version === undefined) {
    const body = { kind: 'APIGroup', apiVersion: 'v1', ...apiGroup(group) };
    return { code: 200, body };
  }
  const found = group.versions.find(entry => entry.version === version);
  return found ? { code: 200, body: resourceList(found, name) } : undefined;
}
