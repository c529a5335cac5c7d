import {
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/**
 * What the kubernetes plugin knows of clusters and how to authenticate to them.
 *
 * @public
 */
export interface ClusterAccess {
  clusterSupplier: KubernetesClustersSupplier;
  authStrategyMap: Readonly<Record<string, AuthenticationStrategy>>;
}

/**
 * Hands cluster access from the kubernetes plugin to Day 2, inside one process.
 *
 * @public
 */
export interface ClusterAccessService {
  /** Called once by the module in the kubernetes plugin. */
  provide(access: ClusterAccess): void;
  /**
   * Settles when the kubernetes plugin has started; `undefined` when every plugin has started and none has provided
   * it: kubernetes is not configured, runs elsewhere, or the module is not installed.
   */
  get(): Promise<ClusterAccess | undefined>;
}

/** @public */
export const clusterAccessServiceRef = createServiceRef<ClusterAccessService>({
  id: 'day2.clusterAccess',
  scope: 'root',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { lifecycle: coreServices.rootLifecycle },
      factory({ lifecycle }) {
        let settle: (access: ClusterAccess | undefined) => void;
        const access = new Promise<ClusterAccess | undefined>(resolve => {
          settle = resolve;
        });
        lifecycle.addStartupHook(() => settle(undefined));
        return {
          provide: provided => settle(provided),
          get: () => access,
        };
      },
    }),
});
