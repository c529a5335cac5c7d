import { access, readFile } from 'node:fs/promises';
import {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import { isError } from '@backstage/errors';
import { ClusterUnreachableError } from '../ClusterUnreachableError';
import { WireRequest } from '../http/openResponse';

/** Annotation that names the strategy; `kubernetes.io/auth-provider` of the kubernetes plugin. */
export const authProviderKey = 'kubernetes.io/auth-provider';

/** Where a pod finds its own cluster. Injected so that tests need no root file system. */
export interface PodEnvironment {
  serviceAccountCaPath: string;
  host: string | undefined;
  port: string | undefined;
}

/** What a connection needs, as it is right now: certificates and tokens rotate. */
export interface Connection {
  baseUrl: string;
  tls: WireRequest['tls'];
  headers: Readonly<Record<string, string>>;
}

export async function connectionOf(options: {
  cluster: ClusterDetails;
  authStrategyMap: Readonly<Record<string, AuthenticationStrategy>>;
  pod: PodEnvironment;
}): Promise<Connection> {
  const { authStrategyMap, pod } = options;
  const cluster = await withOwnCluster(options.cluster, pod);
  const credential = await readCredential(cluster, authStrategyMap);
  return {
    baseUrl: cluster.url,
    tls: {
      ...(await readCa(cluster)),
      ...(cluster.skipTLSVerify ? { rejectUnauthorized: false } : {}),
      ...(credential.type === 'x509 client certificate'
        ? { cert: credential.cert, key: credential.key }
        : {}),
    },
    headers:
      credential.type === 'bearer token'
        ? { authorization: `Bearer ${credential.token.trim()}` }
        : {},
  };
}

/**
 * `serviceAccount` without a token means the cluster that this process runs in, whatever URL is configured: as
 * `KubernetesProxy.getClusterForRequest` of the kubernetes plugin has it.
 */
async function withOwnCluster(
  cluster: ClusterDetails,
  pod: PodEnvironment,
): Promise<ClusterDetails> {
  const { authMetadata } = cluster;
  if (
    authMetadata[authProviderKey] !== 'serviceAccount' ||
    authMetadata.serviceAccountToken ||
    !pod.host ||
    !(await isReadable(pod.serviceAccountCaPath))
  ) {
    return cluster;
  }
  const host = pod.host.includes(':') ? `[${pod.host}]` : pod.host;
  return {
    ...cluster,
    url: `https://${host}:${pod.port ?? '443'}`,
    caFile: pod.serviceAccountCaPath,
  };
}

async function isReadable(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function readCa(
  cluster: ClusterDetails,
): Promise<{ ca?: string } | undefined> {
  if (cluster.caFile) {
    try {
      return { ca: await readFile(cluster.caFile, 'utf8') };
    } catch (error) {
      throw new ClusterUnreachableError({
        cluster: cluster.name,
        reason: 'Tls',
        message: `its caFile cannot be read (${messageOf(error)})`,
        cause: error,
      });
    }
  }
  return cluster.caData
    ? { ca: Buffer.from(cluster.caData, 'base64').toString('utf8') }
    : undefined;
}

async function readCredential(
  cluster: ClusterDetails,
  authStrategyMap: Readonly<Record<string, AuthenticationStrategy>>,
): Promise<KubernetesCredential> {
  const provider = cluster.authMetadata[authProviderKey] ?? '';
  const strategy = authStrategyMap[provider];
  if (!strategy) {
    throw new ClusterUnreachableError({
      cluster: cluster.name,
      reason: 'Credential',
      message: `the kubernetes plugin has no auth provider "${provider}"`,
    });
  }
  try {
    return await strategy.getCredential(cluster, {});
  } catch (error) {
    throw new ClusterUnreachableError({
      cluster: cluster.name,
      reason: 'Credential',
      message: `auth provider "${provider}" gave no credential (${messageOf(
        error,
      )})`,
      cause: error,
    });
  }
}

function messageOf(error: unknown): string {
  return isError(error) ? error.message : 'unknown error';
}
