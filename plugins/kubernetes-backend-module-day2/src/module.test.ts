import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import kubernetesPlugin from '@backstage/plugin-kubernetes-backend';
import {
  ClusterAccess,
  clusterAccessServiceRef,
} from '@day2ops/backstage-plugin-day2-node';
import kubernetesModuleDay2 from '.';

const kubernetes = {
  serviceLocatorMethod: { type: 'multiTenant' },
  clusterLocatorMethods: [
    {
      type: 'config',
      clusters: [
        {
          name: 'c1',
          url: 'https://localhost:1',
          authProvider: 'google',
        },
      ],
    },
  ],
};

async function start(options: { config: object; withModule: boolean }) {
  let access: Promise<ClusterAccess | undefined> = Promise.resolve(undefined);
  const reader = createBackendPlugin({
    pluginId: 'day2',
    register(env) {
      env.registerInit({
        deps: {
          clusterAccess: clusterAccessServiceRef,
          lifecycle: coreServices.lifecycle,
        },
        async init({ clusterAccess }) {
          access = clusterAccess.get();
        },
      });
    },
  });
  const backend = await startTestBackend({
    features: [
      kubernetesPlugin,
      reader,
      ...(options.withModule ? [kubernetesModuleDay2] : []),
      mockServices.rootConfig.factory({ data: options.config }),
    ],
  });
  return { backend, access: await access };
}

describe('kubernetesModuleDay2', () => {
  it('hands clusters and strategies over and leaves the router as it is', async () => {
    const { backend, access } = await start({
      config: { kubernetes },
      withModule: true,
    });
    const credentials = await mockServices.auth().getOwnServiceCredentials();
    const [cluster] = await access!.clusterSupplier.getClusters({
      credentials,
    });
    expect(cluster).toMatchObject({ name: 'c1', url: 'https://localhost:1' });
    expect(
      await access!.authStrategyMap.google.getCredential(cluster, {
        google: 'secret',
      }),
    ).toEqual({ type: 'bearer token', token: 'secret' });
    expect(Object.keys(access!.authStrategyMap)).toContain('serviceAccount');
    const { port } = backend.server;
    const response = await fetch(
      `http://localhost:${port()}/api/kubernetes/clusters`,
    );
    expect(await response.json()).toMatchObject({ items: [{ name: 'c1' }] });
    await backend.stop();
  });

  it.each([
    ['kubernetes is not configured', { config: {}, withModule: true }],
    [
      'the module is not installed',
      { config: { kubernetes }, withModule: false },
    ],
  ])('settles with nothing when %s', async (_, options) => {
    const { backend, access } = await start(options);
    expect(access).toBeUndefined();
    await backend.stop();
  });
});
