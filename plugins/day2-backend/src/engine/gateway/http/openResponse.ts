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

class ReusedSocketError extends Error {
  readonly cause: Error;

  constructor(cause: Error) {
    super('The server had closed the connection that was reused');
    this.cause = cause;
  }
}

function send(request: WireRequest): Promise<IncomingMessage> {
  const { url, method, headers, body, agent, tls, signal } = request;
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const open = url.protocol === 'http:' ? http.request : https.request;
    const outgoing = open(url, { method, headers, agent, signal, ...tls });
    outgoing.once('response', resolve);
    // Stays for errors after the head, which reach whoever reads the body.
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const stale = outgoing.reusedSocket && error.code === 'ECONNRESET';
      reject(stale ? new ReusedSocketError(error) : error);
    });
    outgoing.end(body);
  });
}
