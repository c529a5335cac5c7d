import { mockServices } from '@backstage/backend-test-utils';
import {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { createDirectGateway } from '../gateway/direct/createDirectGateway';
import { Clock } from '../../model/time';

/** A strategy that hands out what it is told to. */
export function strategyOf(
  credential: () => KubernetesCredential | Promise<KubernetesCredential>,
): AuthenticationStrategy {
  return {
    getCredential: async () => credential(),
    validateCluster: () => [],
    presentAuthMetadata: () => ({}),
  };
}

export function clusterOf(
  url: string,
  extra: Partial<ClusterDetails> = {},
): ClusterDetails {
  return {
    name: 'c1',
    url,
    authMetadata: { 'kubernetes.io/auth-provider': 'test' },
    ...extra,
  };
}

export function directGateway(options: {
  clusters: () => ClusterDetails[];
  credential?: () => KubernetesCredential | Promise<KubernetesCredential>;
  clock?: Clock;
  env?: NodeJS.ProcessEnv;
  pod?: {
    serviceAccountCaPath: string;
    host: string | undefined;
    port: string | undefined;
  };
}) {
  const {
    clusters,
    credential = () => ({ type: 'bearer token', token: 'secret' } as const),
    clock,
    env = {},
    pod,
  } = options;
  const strategy = strategyOf(credential);
  return createDirectGateway({
    access: {
      clusterSupplier: { getClusters: async () => clusters() },
      authStrategyMap: { test: strategy, serviceAccount: strategy },
    },
    auth: mockServices.auth(),
    logger: mockServices.logger.mock(),
    clock,
    env,
    pod,
  });
}
