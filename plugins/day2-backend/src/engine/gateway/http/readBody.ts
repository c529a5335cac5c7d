import { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { ClusterUnreachableError } from '../ClusterUnreachableError';

/**
 * Reads a whole answer as text, inflated when it is gzip.
 *
 * @throws ClusterUnreachableError with reason `TooLarge` past `maxBytes` inflated bytes
 */
export async function readBody(
  response: IncomingMessage,
  options: { cluster: string; maxBytes: number },
): Promise<string> {
  const { cluster, maxBytes } = options;
  const collect = async (source: AsyncIterable<Buffer>) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxBytes) {
        throw new ClusterUnreachableError({
          cluster,
          reason: 'TooLarge',
          message: `the answer is larger than ${maxBytes} bytes`,
        });
      }
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, size).toString('utf8');
  };
  if (response.headers['content-encoding'] === 'gzip') {
    return await pipeline(response, createGunzip(), collect);
  }
  return await pipeline(response, collect);
}
