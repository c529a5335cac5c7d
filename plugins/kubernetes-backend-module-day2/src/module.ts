import { createBackendModule } from '@backstage/backend-plugin-api';
import { kubernetesRouterExtensionPoint } from '@backstage/plugin-kubernetes-node';
import { clusterAccessServiceRef } from '@day2ops/backstage-plugin-day2-node';

/**
 * Hands the kubernetes plugin's clusters and credentials over to Day 2. The router stays as it is; its slot is taken
 * because it is the one that gets both.
 *
 * @public
 */
export const kubernetesModuleDay2 = createBackendModule({
  pluginId: 'kubernetes',
  moduleId: 'day2',
  register(env) {
    env.registerInit({
      deps: {
        kubernetes: kubernetesRouterExtensionPoint,
        clusterAccess: clusterAccessServiceRef,
      },
      async init({ kubernetes, clusterAccess }) {
        kubernetes.addRouter(
          ({ getDefault, clusterSupplier, authStrategyMap }) => {
            clusterAccess.provide({ clusterSupplier, authStrategyMap });
            return getDefault();
          },
        );
      },
    });
  },
});
