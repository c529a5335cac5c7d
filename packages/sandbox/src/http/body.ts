import type { IncomingMessage } from 'node:http';
import { parse as parseYaml } from 'yaml';
import { isRecord } from '../cluster/json';
import { badRequest, StatusError } from '../cluster/statusError';
import { decodeProtobuf } from './protobuf';

// What the API server accepts of a request (k8s.io/apiserver: MaxRequestBodyBytes).
const MAX_BYTES = 3 * 1024 * 1024;
const TEXTS = ['application/json', 'application/yaml'];
const PROTOBUF = 'application/vnd.kubernetes.protobuf';

async function readBytes(request: IncomingMessage): Promise<Buffer> {
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
  return Buffer.concat(chunks);
}

export async function readBody(request: IncomingMessage): Promise<string> {
  return (await readBytes(request)).toString('utf8');
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
  const bytes = await readBytes(request);
  if (!bytes.length) return undefined;
  const mediaType = mediaTypeOf(request) || 'application/json';
  const unsupported = () => unsupportedMediaType([...TEXTS, PROTOBUF]);
  if (mediaType === PROTOBUF) {
    const object = decodeProtobuf(bytes);
    if (!object) throw unsupported();
    return object;
  }
  if (!TEXTS.includes(mediaType)) throw unsupported();
  const value = decode(bytes.toString('utf8'), mediaType);
  if (!isRecord(value)) {
    throw badRequest('the object provided is unrecognized: not an object');
  }
  return value;
}
