import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { StatusError } from '../cluster/statusError';
import type { Answer } from './context';

const compress = promisify(gzip);
// As the API server: smaller answers are not worth it.
const GZIP_FROM_BYTES = 128 * 1024;

function acceptsGzip(request: IncomingMessage): boolean {
  const header = request.headers['accept-encoding'];
  return String(header ?? '')
    .split(',')
    .some(coding => /^\s*gzip\s*(;\s*q=(?!0(\.0*)?$).*)?$/i.test(coding));
}

/** Sends an answer; `cutOff` breaks the connection in the middle of it. */
export async function respond(options: {
  request: IncomingMessage;
  response: ServerResponse;
  answer: Answer;
  cutOff?: boolean;
}): Promise<void> {
  const { request, response, answer, cutOff } = options;
  const text =
    typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  let bytes: Buffer = Buffer.from(text);
  const headers: Record<string, string> = {
    'Cache-Control': 'no-cache, private',
    ...answer.headers,
  };
  // A cache would take these over into what it keeps.
  if (answer.code !== 304) {
    headers['Content-Type'] = answer.contentType ?? 'application/json';
  }
  if (bytes.length >= GZIP_FROM_BYTES && acceptsGzip(request)) {
    bytes = await compress(bytes, { level: 1 });
    headers['Content-Encoding'] = 'gzip';
    headers.Vary = 'Accept-Encoding';
  }
  if (answer.code !== 304) headers['Content-Length'] = String(bytes.length);
  response.writeHead(answer.code, headers);
  if (cutOff) {
    const half = bytes.subarray(0, Math.floor(bytes.length / 2));
    response.write(half, () => response.destroy());
    return;
  }
  response.end(request.method === 'HEAD' ? undefined : bytes);
}

/** A failure as the API server words it. */
export function failure(error: unknown): Answer {
  const status =
    error instanceof StatusError
      ? error
      : new StatusError({
          code: 500,
          reason: 'InternalError',
          message: `Internal error occurred: ${
            error instanceof Error ? error.message : String(error)
          }`,
        });
  const retry = status.details?.retryAfterSeconds;
  return {
    code: status.code,
    body: status.toStatus(),
    headers: retry ? { 'Retry-After': String(retry) } : {},
  };
}
