import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { isRecord } from '../cluster/json';
import { badRequest, StatusError } from '../cluster/statusError';

// What the API server accepts of a request (k8s.io/apiserver: MaxRequestBodyBytes).
const MAX_BYTES = 3 * 1024 * 1024;

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BYTES) {
      throw new StatusError({
        code: 413,
        reason: 'RequestEntityTooLarge',
        message: `Request entity too large: limit is ${MAX_BYTES}`,
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function mediaTypeOf(request: IncomingMessage): string {
  const header = request.headers['content-type'] ?? '';
  return header.split(';')[0].trim().toLowerCase();
}

export function unsupportedMediaType(accepted: string[]): StatusError {
  return new StatusError({
    code: 415,
    reason: 'UnsupportedMediaType',
    message: `the body of the request was in an unknown format - accepted media types include: ${accepted.join(
      ', ',
    )}`,
  });
}

/** Parses JSON or, for YAML media types, one YAML document. Throws 400. */
export function decode(text: string, mediaType: string): unknown {
  try {
    // A few aliases are a shorthand; thousands are an attack.
    return mediaType.includes('yaml')
      ? parseYaml(text, { maxAliasCount: 100 })
      : JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw badRequest(
      `the object provided is unrecognized: couldn't get version/kind; json parse error: ${why}`,
    );
  }
}

/** The object that the body of a POST or PUT holds; undefined when there is no body. */
export async function readObject(
  request: IncomingMessage,
): Promise<Record<string, unknown> | undefined> {
  const text = await readBody(request);
  if (text === '') return undefined;
  const mediaType = mediaTypeOf(request) || 'application/json';
  const known = ['application/json', 'application/yaml'];
  if (!known.includes(mediaType)) throw unsupportedMediaType(known);
  const value = decode(text, mediaType);
  if (!isRecord(value)) {
    throw badRequest('the object provided is unrecognized: not an object');
  }
  return value;
}
