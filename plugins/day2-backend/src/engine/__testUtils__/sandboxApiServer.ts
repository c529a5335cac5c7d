import {
  allowEverything,
  createCertificates,
  createSandboxCluster,
  createSystemClock,
  SandboxCluster,
  startSandboxServer,
} from 'sandbox';
import { ApiServer } from './kubeApiServer';

/** The sandbox's cluster with the same users as the real one. */
export async function startSandboxApiServer(): Promise<
  ApiServer & { cluster: SandboxCluster }
> {
  const clock = createSystemClock();
  const { caPem, certPem, keyPem } = createCertificates();
  const cluster = createSandboxCluster({
    name: 'c1',
    clock,
    seed: 'contract',
    systemNamespaces: true,
    users: [
      {
        name: 'admin',
        groups: ['system:masters'],
        token: 'admin-token',
        rules: allowEverything,
      },
      { name: 'reader', token: 'reader-token', rules: [] },
    ],
  });
  const server = await startSandboxServer({
    clusters: [cluster],
    tls: { key: keyPem, cert: certPem },
  });
  return {
    cluster,
    url: server.url('c1'),
    caPem,
    adminToken: 'admin-token',
    readerToken: 'reader-token',
    kill: () => cluster.faults.set({ kind: 'cut' }),
    async close() {
      await server.close();
      cluster.close();
      clock.close();
    },
  };
}
