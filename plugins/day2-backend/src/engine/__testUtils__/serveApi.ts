import { FakeCluster } from './FakeCluster';

interface Resource {
  group: string;
  version: string;
  kind: string;
  plural: string;
}

/** Makes a fake cluster answer probes, identity, reviews and discovery for these resources. */
export function serveApi(
  cluster: FakeCluster,
  options: {
    resources: readonly Resource[];
    uid?: string;
    allowed?: readonly string[];
  },
): void {
  const { resources, uid = 'cluster-uid' } = options;
  const ok = (body: unknown) => () => ({
    status: 200,
    headers: {},
    body: JSON.stringify(body),
  });
  const { answers } = cluster;
  answers.set('/readyz', () => ({ status: 200, headers: {}, body: 'ok' }));
  answers.set('/version', ok({ gitVersion: 'v1.34.1' }));
  answers.set(
    '/api/v1/namespaces/kube-system',
    ok({ kind: 'Namespace', metadata: { uid } }),
  );
  answers.set(
    '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
    ok({ status: { allowed: false } }),
  );
  for (const path of ['/api', '/apis']) {
    const groups = new Map<string, Resource[]>();
    for (const resource of resources) {
      if ((resource.group === '') === (path === '/api')) {
        const all = groups.get(resource.group) ?? [];
        groups.set(resource.group, [...all, resource]);
      }
    }
    const items = [...groups].map(([name, all]) => ({
      metadata: name ? { name } : {},
      versions: [...new Set(all.map(({ version }) => version))].map(
        version => ({
          version,
          freshness: 'Current',
          resources: all
            .filter(each => each.version === version)
            .map(each => ({
              resource: each.plural,
              responseKind: { group: name, version, kind: each.kind },
              scope: 'Namespaced',
              verbs: ['get', 'list', 'watch'],
            })),
        }),
      ),
    }));
    answers.set(path, ok({ kind: 'APIGroupDiscoveryList', items }));
  }
  for (const { group, version, plural } of resources) {
    cluster.serve(
      group
        ? `/apis/${group}/${version}/${plural}`
        : `/api/${version}/${plural}`,
    );
  }
}
