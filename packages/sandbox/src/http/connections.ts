import type { AddressInfo, Server, Socket } from 'node:net';

/** The open connections of a server. */
export interface Connections {
  dropAll(): void;
}

/** Follows a server's connections; those that come while `refuses` says so are dropped at once. */
export function trackConnections(
  server: Server,
  refuses: () => boolean = () => false,
): Connections {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    if (refuses()) {
      socket.destroy();
      return;
    }
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return {
    dropAll() {
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Listens, and resolves with the port. Rejects with the system's error when the port is taken. */
export async function listenOn(
  server: Server,
  address: { port: number; host: string },
): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(address, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound: AddressInfo | string | null = server.address();
  return bound && typeof bound === 'object' ? bound.port : address.port;
}

/** Ends a server and every connection it has. */
export async function closeServer(
  server: Server,
  connections: Connections,
): Promise<void> {
  await new Promise<void>(resolve => {
    server.close(() => resolve());
    connections.dropAll();
  });
}
