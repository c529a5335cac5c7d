import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import { z } from 'zod';

const namespaceSchema = z.object({
  kind: z.literal('Namespace'),
  metadata: z.object({ uid: z.string().min(1) }),
});
const versionSchema = z.object({ gitVersion: z.string().max(100) });

/** Who answers under a cluster's name. */
export interface ClusterIdentity {
  /** UID of `kube-system`; `undefined` when we may not read that namespace. */
  uid: string | undefined;
  /** For example `v1.34.1`. */
  version: string | undefined;
}

/** @throws when the cluster does not answer; a refusal is an answer */
export async function readIdentity(options: {
  gateway: ClusterGateway;
  cluster: string;
  signal: AbortSignal;
}): Promise<ClusterIdentity> {
  const { gateway, cluster, signal } = options;
  const read = async <T>(path: string, schema: z.ZodType<T>) => {
    const { status, body } = await gateway.request({ cluster, path, signal });
    return status === 200 ? schema.safeParse(parseJson(body)).data : undefined;
  };
  const [namespace, version] = await Promise.all([
    read('/api/v1/namespaces/kube-system', namespaceSchema),
    read('/version', versionSchema),
  ]);
  return { uid: namespace?.metadata.uid, version: version?.gitVersion };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
