import type { RequestListener, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import { createApiHandler } from './apiHandler';
import { closeServer, listenOn, trackConnections } from './connections';

/** The HTTPS server of one cluster. */
export interface ClusterListener {
  port: number;
  close(): Promise<void>;
}

export interface Tls {
  key: string;
  cert: string;
}

/** Listens on `port`, or on any free one for 0. Rejects with the system's error when the port is taken. */
export async function listen(options: {
  cluster: SandboxCluster;
  tls: Tls;
  host: string;
  port: number;
}): Promise<ClusterListener> {
  const { cluster, tls, host, port } = options;
  const handle = createApiHandler(cluster);
  const answering = new Set<ServerResponse>();
  let closed = () => {};
  const onRequest: RequestListener = (request, response) => {
    answering.add(response);
    response.once('close', () => {
      answering.delete(response);
      if (!answering.size) closed();
    });
    // What is thrown here is the connection's end, which the client sees for itself.
    handle(request, response).catch(() => response.destroy());
  };
  // HTTP/1.1 with keep-alive; a watch may last longer than any request timeout.
  const server = createServer(
    { ...tls, keepAliveTimeout: 65_000, requestTimeout: 0 },
    onRequest,
  );
  const isCut = () => {
    const fault = cluster.faults.find('cut');
    return fault !== undefined && fault.requests === undefined;
  };
  const connections = trackConnections(server, isCut);
  // Clients that give up or do not trust us are their own affair.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  server.on('clientError', (_error, socket) => socket.destroy());
  const stopFaults = cluster.faults.onChange(() => {
    if (isCut()) connections.dropAll();
  });
  const bound = await listenOn(server, { port, host });
  return {
    port: bound,
    async close() {
      stopFaults();
      // An answer lets go of its timers only when it notices that its connection is gone.
      const quiet = new Promise<void>(resolve => {
        closed = resolve;
        if (!answering.size) resolve();
      });
      await Promise.all([quiet, closeServer(server, connections)]);
    },
  };
}
