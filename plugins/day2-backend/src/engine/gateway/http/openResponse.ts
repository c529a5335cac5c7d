import http, { IncomingMessage } from 'node:http';
import https from 'node:https';

/** A request as it goes onto the wire. */
export interface WireRequest {
  url: URL;
  method: string;
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
  agent: http.Agent | https.Agent;
  tls: {
    ca?: string;
    cert?: string;
    key?: string;
    rejectUnauthorized?: boolean;
  };
  signal: AbortSignal;
}

class ReusedSocketError extends Error {
  readonly cause: Error;

  constructor(cause: Error) {
    super('The server had closed the connection that was reused');
    this.cause = cause;
  }
}

/**
 * Sends a request and resolves with the head of the answer. A server may close an idle connection at the moment that we
 * reuse it, so a read is sent once more on a new one.
 */
export async function openResponse(
  request: WireRequest,
): Promise<IncomingMessage> {
  try {
    return await send(request);
  } catch (error) {
    if (error instanceof ReusedSocketError && request.method === 'GET') {
      return await send(request);
    }
    throw error instanceof ReusedSocketError ? error.cause : error;
  }
}

function send(request: WireRequest): Promise<IncomingMessage> {
  const { url, method, headers, body, agent, tls, signal } = request;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const open = url.protocol === 'http:' ? http.request : https.request;
    const outgoing = open(url, { method, headers, agent, ...tls });
    let incoming: IncomingMessage | undefined;
    // Not node's own `signal` option: that destroys the socket with an error, which nobody listens to any more when the
    // answer has arrived and waits to be read.
    const onAbort = () => (incoming ?? outgoing).destroy();
    signal.addEventListener('abort', onAbort, { once: true });
    outgoing.once('close', () => signal.removeEventListener('abort', onAbort));
    outgoing.once('response', response => {
      incoming = response;
      // An error before anybody reads the body must not end the process; who reads it gets it then.
      response.on('error', () => {});
      resolve(response);
    });
    // Stays for errors after the head, which reach whoever reads the body.
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const stale =
        outgoing.reusedSocket && error.code === 'ECONNRESET' && !signal.aborted;
      reject(stale ? new ReusedSocketError(error) : error);
    });
    outgoing.end(body);
  });
}
