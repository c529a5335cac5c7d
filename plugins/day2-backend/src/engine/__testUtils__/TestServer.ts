import http, { IncomingMessage, ServerResponse } from 'node:http';
import https from 'node:https';
import { AddressInfo, Socket } from 'node:net';

export type Handler = (req: IncomingMessage, res: ServerResponse) => void;

/** A server on a free port that knows its sockets, so that tests can cut them and none is left. */
export class TestServer {
  handler: Handler = (_, res) => res.end();
  readonly requests: {
    method: string;
    url: string;
    headers: IncomingMessage['headers'];
  }[] = [];
  readonly open = new Set<ServerResponse>();
  readonly #sockets = new Set<Socket>();
  readonly #server: http.Server | https.Server;
  readonly #scheme: string;
  #port = 0;

  constructor(tls?: https.ServerOptions) {
    const listener: Handler = (req, res) => {
      const { method = '', url = '', headers } = req;
      this.requests.push({ method, url, headers });
      this.open.add(res);
      res.once('close', () => this.open.delete(res));
      this.handler(req, res);
    };
    this.#scheme = tls ? 'https' : 'http';
    this.#server = tls
      ? https.createServer(tls, listener)
      : http.createServer(listener);
    this.#server.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
      socket.on('error', () => {});
    });
  }

  get url(): string {
    return `${this.#scheme}://localhost:${this.#port}`;
  }

  get sockets(): number {
    return this.#sockets.size;
  }

  async start(): Promise<this> {
    await new Promise<void>(resolve => {
      this.#server.listen(0, 'localhost', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port;
    return this;
  }

  /** As a SIGKILL: every connection breaks. */
  cut(): void {
    for (const socket of this.#sockets) {
      socket.resetAndDestroy();
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) {
      socket.destroy();
    }
    await new Promise(resolve => {
      this.#server.close(resolve);
    });
  }
}

/** Resolves when the condition holds; fails the test by its own time-out otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) {
    await new Promise(resolve => {
      setImmediate(resolve);
    });
  }
}
