import type { ManualClock } from '../cluster/manualClock';
import { createManualClock } from '../cluster/manualClock';
import type { KubernetesObject } from '../cluster/types';
import type { Company } from './company';
import { createCompany } from './company';
import { companyEntities } from './entities';

const ZERO = Date.parse('2026-11-21T03:07:00Z');

const ENTITIES = companyEntities();

describe('companyEntities', () => {
  it('has no dangling reference', () => {
    const refs = new Set(
      ENTITIES.map(
        ({ kind, metadata }) =>
          `${kind.toLowerCase()}:default/${metadata.name}`,
      ),
    );
    expect(refs.size).toBe(ENTITIES.length);
    const named = ENTITIES.flatMap(({ spec }) => [
      ...[spec.owner, spec.system].filter(Boolean),
      ...((spec.dependsOn as string[] | undefined) ?? []),
      ...((spec.memberOf as string[] | undefined) ?? []).map(
        group => `group:default/${group}`,
      ),
    ]);
    expect(named.filter(ref => !refs.has(String(ref)))).toEqual([]);
  });

  it('has five systems with an owner and people, and a person for each way of seeing', () => {
    const systems = ENTITIES.filter(({ kind }) => kind === 'System');
    expect(systems.map(({ metadata }) => metadata.title)).toEqual([
      'platform-go',
      'SkillForge',
      '5D Labs orchestrator',
      'GSV platform',
      'GitOps lifecycle management',
    ]);
    const person = (name: string) =>
      ENTITIES.find(
        ({ kind, metadata }) => kind === 'User' && metadata.name === name,
      )?.spec.memberOf;
    expect(person('mara.lindqvist')).toEqual(['gsv-sre', 'platform-team']);
    expect(person('jonas.weber')).toEqual(['skillforge']);
    for (const { spec } of systems) {
      const group = String(spec.owner).split('/')[1];
      const members = ENTITIES.filter(entity =>
        (entity.spec.memberOf as string[] | undefined)?.includes(group),
      );
      expect(members.length).toBeGreaterThan(0);
    }
  });
});

describe('createCompany', () => {
  jest.setTimeout(180_000);
  let clock: ManualClock;
  let company: Company;
  beforeAll(() => {
    clock = createManualClock({ now: ZERO });
    company = createCompany({ clock, seed: 1 });
  });
  afterAll(() => {
    company.close();
  });

  const store = (cluster: 'production' | 'staging' = 'production') =>
    company.clusters[cluster].cluster.store;
  const condition = (object: KubernetesObject | undefined, type: string) =>
    object?.status?.conditions?.find((c: any) => c.type === type);
  const deployment = (
    namespace: string,
    name: string,
    cluster: 'production' | 'staging' = 'production',
  ) =>
    store(cluster).peek({ group: 'apps', kind: 'Deployment', namespace, name });
  const pods = (namespace: string, app: string) =>
    store()
      .peekAll('', 'Pod', namespace)
      .filter(pod => pod.metadata.labels?.app === app);

  it('runs what every entity says', () => {
    const objects = ['production', 'staging'].flatMap(name =>
      ['Deployment', 'StatefulSet', 'DaemonSet'].flatMap(kind =>
        store(name as 'production').peekAll('apps', kind),
      ),
    );
    const runs = store().peekAll('orchestrator.io', 'TaskRun');
    for (const { kind, metadata } of ENTITIES) {
      if (kind !== 'Component' && kind !== 'Resource') continue;
      const id = metadata.annotations?.['backstage.io/kubernetes-id'];
      const selector =
        metadata.annotations?.['backstage.io/kubernetes-label-selector'];
      const [key, value] = selector?.split('=') ?? [
        'backstage.io/kubernetes-id',
        id,
      ];
      const mine = [...objects, ...runs].filter(
        object => object.metadata.labels?.[key ?? ''] === value,
      );
      expect({ name: metadata.name, runs: mine.length > 0 }).toEqual({
        name: metadata.name,
        runs: true,
      });
    }
  });

  it('refers to nothing that is not there', () => {
    for (const name of ['production', 'staging'] as const) {
      const here = store(name);
      const missing: string[] = [];
      for (const pod of here.peekAll('', 'Pod')) {
        for (const volume of pod.spec?.volumes ?? []) {
          const claim = volume.persistentVolumeClaim?.claimName;
          const { namespace } = pod.metadata;
          const key = { group: '', kind: 'PersistentVolumeClaim', namespace };
          if (claim && !here.peek({ ...key, name: claim })) missing.push(claim);
        }
      }
      for (const budget of here.peekAll('policy', 'PodDisruptionBudget')) {
        if (!budget.status?.expectedPods) missing.push(budget.metadata.name);
      }
      for (const scaler of here.peekAll(
        'autoscaling',
        'HorizontalPodAutoscaler',
      )) {
        if (condition(scaler, 'AbleToScale')?.status !== 'True') {
          missing.push(scaler.metadata.name);
        }
      }
      const spaces = new Set(
        here.peekAll('', 'Namespace').map(({ metadata }) => metadata.name),
      );
      for (const kind of ['Deployment', 'StatefulSet', 'DaemonSet']) {
        for (const { metadata } of here.peekAll('apps', kind)) {
          if (!spaces.has(metadata.namespace ?? '')) {
            missing.push(`${metadata.namespace}`);
          }
        }
      }
      expect(missing).toEqual([]);
    }
  });

  it('has aged: created days ago, and in the trouble that the documents know', () => {
    expect(deployment('sso', 'keycloak')).toMatchObject({
      metadata: { creationTimestamp: '2026-10-07T03:07:00Z' },
      status: { readyReplicas: 2 },
    });
    const api = pods('gsv-prod', 'gsv-api');
    const restarts = api.map(pod => pod.status?.containerStatuses[0]);
    expect(restarts.filter(status => status.restartCount > 2)).toHaveLength(2);
    const killed = restarts.filter(
      status => status.lastState?.terminated?.reason === 'OOMKilled',
    );
    expect(killed).toHaveLength(2);
    const waiting = pods(
      'skillforge',
      'skillforge-media-transcoder-for-mobile-clients',
    ).map(pod => pod.status?.containerStatuses[0].state.waiting?.reason);
    expect(waiting.filter(Boolean)).toEqual([
      expect.stringMatching(/^(ImagePullBackOff|ErrImagePull)$/),
    ]);
    const [postgres] = pods('skillforge', 'skillforge-postgres');
    expect(condition(postgres, 'PodScheduled')?.message).toMatch(
      /^0\/6 nodes are available: .*4 Insufficient memory/,
    );
    const [discovery] = pods('gitops-system', 'service-discovery-controller');
    expect(discovery.status?.containerStatuses[0].restartCount).toBeGreaterThan(
      50,
    );
    expect(
      condition(
        deployment('skillforge-staging', 'skillforge-web', 'staging'),
        'Progressing',
      )?.reason,
    ).toBe('ProgressDeadlineExceeded');
    const scaler = store()
      .peekAll('autoscaling', 'HorizontalPodAutoscaler')
      .find(({ metadata }) => metadata.name === 'gsv-worker');
    expect(condition(scaler, 'ScalingLimited')?.reason).toBe('TooManyReplicas');
    expect(scaler?.status?.currentMetrics[0].resource.current).toMatchObject({
      averageUtilization: 94,
    });
    const rollup = store().peek({
      group: 'batch',
      kind: 'CronJob',
      namespace: 'platform-go',
      name: 'report-rollup',
    });
    expect(rollup?.status).toMatchObject({
      active: [{ kind: 'Job' }],
      lastScheduleTime: '2026-11-18T02:00:00Z',
    });
    const migration = store('staging').peek({
      group: 'batch',
      kind: 'Job',
      namespace: 'cmp-dev',
      name: 'agent-registry-migrate-0-20-0',
    });
    expect(condition(migration, 'Failed')?.reason).toBe('BackoffLimitExceeded');
    const claim = store().peek({
      group: '',
      kind: 'PersistentVolumeClaim',
      namespace: 'cmp',
      name: 'qdrant-snapshots',
    });
    expect(claim?.status?.phase).toBe('Pending');
    expect(
      store()
        .peekAll('orchestrator.io', 'TaskRun')
        .map(run => run.status?.phase)
        .sort(),
    ).toEqual(['Failed', 'Running', 'Succeeded', 'Succeeded']);
  });

  it('carries no mark of what will become of a workload', () => {
    for (const name of ['production', 'staging'] as const) {
      for (const kind of ['Deployment', 'StatefulSet']) {
        const text = JSON.stringify(store(name).peekAll('apps', kind));
        expect(text).not.toMatch(/crashLoop|behaviour|outcome|sandbox/i);
      }
    }
  });

  it('is the same from the same seed', () => {
    const other = createManualClock({ now: ZERO });
    const again = createCompany({ clock: other, seed: 1 });
    const uids = (from: Company) =>
      from.clusters.production.cluster.store
        .peekAll('', 'Pod')
        .map(pod => JSON.stringify(pod));
    expect(uids(again)).toEqual(uids(company));
    again.close();
    expect(other.pending()).toBe(0);
  });

  it('breaks and mends by hand, over seconds', () => {
    const { hand } = company.clusters.production;
    const portal = { namespace: 'gsv-prod', name: 'gsv-portal' };
    hand.break(portal, 'crashLoop');
    clock.advance(60_000);
    expect(deployment('gsv-prod', 'gsv-portal')?.status).toMatchObject({
      unavailableReplicas: 2,
    });
    hand.mend(portal);
    clock.advance(20_000);
    expect(deployment('gsv-prod', 'gsv-portal')?.status?.readyReplicas).toBe(2);
    hand.break(portal, 'imagePull');
    clock.advance(60_000);
    expect(
      deployment('gsv-prod', 'gsv-portal')?.spec?.template.spec.containers[0]
        .image,
    ).toMatch(/:3\.9\.0-missing$/);
    expect(deployment('gsv-prod', 'gsv-portal')?.status).toMatchObject({
      readyReplicas: 2,
      unavailableReplicas: 1,
    });
    hand.mend(portal);
    clock.advance(60_000);
    expect(deployment('gsv-prod', 'gsv-portal')?.status).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      updatedReplicas: 2,
    });
    hand.break(portal, 'hang');
    clock.advance(60_000);
    expect(deployment('gsv-prod', 'gsv-portal')?.status).toMatchObject({
      updatedReplicas: 1,
      readyReplicas: 2,
    });
    hand.mend(portal);
    hand.scale(portal, 4);
    clock.advance(60_000);
    expect(deployment('gsv-prod', 'gsv-portal')?.status?.readyReplicas).toBe(4);
    expect(() =>
      hand.break({ namespace: 'gsv-prod', name: 'gsv-prtal' }, 'oom'),
    ).toThrow(
      'No workload gsv-prtal in namespace gsv-prod; there are: gsv-api, gsv-portal, gsv-worker, gsv-api-token-cleanup',
    );
    expect(() => hand.mend({ namespace: 'gsv', name: 'gsv-api' })).toThrow(
      /^No workloads in namespace gsv; the namespaces are: .*gsv-prod/,
    );
  });

  it('lives through a day with bounded memory', () => {
    const size = () => {
      let total = 0;
      for (const name of ['production', 'staging'] as const) {
        for (const { group, kind } of company.clusters[
          name
        ].cluster.resources.all()) {
          total += store(name).peekAll(group, kind).length;
        }
      }
      return total;
    };
    clock.advance(3 * 3_600_000);
    const before = { objects: size(), timers: clock.pending() };
    clock.advance(24 * 3_600_000);
    expect(size()).toBeLessThan(before.objects * 1.2);
    expect(clock.pending()).toBeLessThan(before.timers * 1.5);
  });
});
