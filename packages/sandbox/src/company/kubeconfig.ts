import { writeFile } from 'node:fs/promises';
import { stringify } from 'yaml';
import type { Credentials } from './credentials';
import type { ClusterName } from './types';
import { CLUSTER_NAMES } from './types';

/** A kubeconfig with a context for each cluster, `production` the current one, as its administrator. */
export function kubeconfig(options: {
  urls: Readonly<Record<ClusterName, string>>;
  credentials: Credentials;
}): string {
  const { urls, credentials } = options;
  const authority = Buffer.from(credentials.caPem).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'production',
    clusters: CLUSTER_NAMES.map(name => ({
      name,
      cluster: { server: urls[name], 'certificate-authority-data': authority },
    })),
    users: [{ name: 'admin', user: { token: credentials.tokens.admin } }],
    contexts: CLUSTER_NAMES.map(name => ({
      name,
      context: { cluster: name, user: 'admin' },
    })),
  });
}

/** Writes it for the owner's eyes. */
export async function writeKubeconfig(
  path: string,
  options: Parameters<typeof kubeconfig>[0],
): Promise<void> {
  await writeFile(path, kubeconfig(options), { mode: 0o600 });
}
