import { ClusterUnreachableError } from '../ClusterUnreachableError';

const lineFeed = 10;
/** Objects in etcd are at most 1.5 MiB. */
export const maxLineBytes = 8 * 1024 * 1024;

/**
 * Splits bytes into lines, on bytes, so that no character is cut. What the source throws passes through.
 *
 * @throws ClusterUnreachableError with reason `TooLarge` for a line past `maxBytes`
 */
export async function* readLines(
  source: AsyncIterable<Buffer>,
  options: { cluster: string; maxBytes?: number },
): AsyncGenerator<string, void, undefined> {
  const { cluster, maxBytes = maxLineBytes } = options;
  let begun: Buffer[] = [];
  let begunSize = 0;
  const add = (piece: Buffer) => {
    begunSize += piece.length;
    if (begunSize > maxBytes) {
      throw new ClusterUnreachableError({
        cluster,
        reason: 'TooLarge',
        message: `a line of the stream is longer than ${maxBytes} bytes`,
      });
    }
    begun.push(piece);
  };
  const take = () => {
    const line = begun.length === 1 ? begun[0] : Buffer.concat(begun);
    begun = [];
    begunSize = 0;
    return line.toString('utf8');
  };
  for await (const chunk of source) {
    let start = 0;
    for (
      let end = chunk.indexOf(lineFeed);
      end >= 0;
      end = chunk.indexOf(lineFeed, start)
    ) {
      add(chunk.subarray(start, end));
      start = end + 1;
      yield take();
    }
    if (start < chunk.length) {
      add(chunk.subarray(start));
    }
  }
  if (begunSize > 0) {
    yield take();
  }
}
