import type { AdminOptions, AdminServer } from './adminServer';
import { startAdminServer } from './adminServer';
import type { SandboxCluster } from './cluster/sandboxCluster';
import type { ClusterListener, Tls } from './http/clusterListener';
import { listen } from './http/clusterListener';

export interface SandboxServerOptions {
  clusters: readonly SandboxCluster[];
  /** PEM. */
  tls: Tls;
  /** One for each cluster, in the same order; 0 or nothing for any free one. */
  ports?: readonly number[];
  /** 127.0.0.1 by default. */
  host?: string;
  admin?: AdminOptions;
}

export interface SandboxServer {
  /** `https://127.0.0.1:<port>` of a cluster. Throws for a name that there is not. */
  url(cluster: string): string;
  /** Of the admin API, when there is one. */
  adminUrl?: string;
  /** Ends every connection and listener; the clusters and their clocks stay as they are. */
  close(): Promise<void>;
}

/** Puts every cluster on a port of its own. When one port is taken, none stays open. */
export async function startSandboxServer(
  options: SandboxServerOptions,
): Promise<SandboxServer> {
  const { clusters, tls, ports = [], host = '127.0.0.1', admin } = options;
  const listeners = new Map<string, ClusterListener>();
  let adminServer: AdminServer | undefined;
  const close = async () => {
    const open = [...listeners.values(), ...(adminServer ? [adminServer] : [])];
    await Promise.all(open.map(listener => listener.close()));
  };
  try {
    for (const [index, cluster] of clusters.entries()) {
      const port = ports[index] ?? 0;
      const listener = await listen({ cluster, tls, host, port });
      listeners.set(cluster.name, listener);
    }
    if (admin)
      adminServer = await startAdminServer(clusters, { ...admin, host });
  } catch (error) {
    await close();
    throw error;
  }
  const authority = host.includes(':') ? `[${host}]` : host;
  return {
    url(name) {
      const listener = listeners.get(name);
      if (!listener) throw new Error(`There is no cluster ${name}`);
      return `https://${authority}:${listener.port}`;
    },
    ...(adminServer
      ? { adminUrl: `http://${authority}:${adminServer.port}` }
      : {}),
    close,
  };
}
