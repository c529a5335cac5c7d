import { IncomingMessage } from 'node:http';
import { Clock } from '../../../model/time';
import { ClusterUnreachableError } from '../ClusterUnreachableError';
import { abortError, Exchange } from '../http/Exchange';
import { readLines } from '../http/readLines';

/**
 * A watch through the proxy. Whoever reads it may go at any time; the connection stays until the server ends it, or
 * until it is past its time.
 */
export class DetachedStream {
  readonly #cluster: string;
  readonly #response: IncomingMessage;
  readonly #exchange: Exchange;
  readonly #onEnd: () => void;
  readonly #cancelDeath: () => void;
  #isOver = false;
  #isDead = false;

  constructor(options: {
    cluster: string;
    response: IncomingMessage;
    exchange: Exchange;
    clock: Clock;
    diesAfterMs: number;
    onEnd(): void;
  }) {
    const { cluster, response, exchange, clock, diesAfterMs, onEnd } = options;
    this.#cluster = cluster;
    this.#response = response;
    this.#exchange = exchange;
    this.#onEnd = onEnd;
    this.#cancelDeath = clock.after(diesAfterMs, () => {
      this.#isDead = true;
      this.end();
    });
    response.once('close', () => this.end());
  }

  async *lines(signal: AbortSignal): AsyncGenerator<string, void, undefined> {
    const left = new Promise<'left'>(resolve => {
      signal.addEventListener('abort', () => resolve('left'), { once: true });
    });
    const lines = readLines(this.#iterate(), { cluster: this.#cluster });
    try {
      for (;;) {
        signal.throwIfAborted();
        const next = lines.next();
        const result = await Promise.race([next, left]);
        if (result === 'left') {
          next.catch(() => {});
          throw abortError();
        }
        if (result.done) {
          this.#assertNotCut();
          break;
        }
        yield result.value;
      }
    } catch (error) {
      throw signal.aborted ? abortError() : this.#explain(error);
    } finally {
      this.#drain();
    }
  }

  /** Leaves the response open when the reader goes, unlike its own iterator. */
  #iterate(): AsyncIterable<Buffer> {
    const chunks = this.#response.iterator({ destroyOnReturn: false });
    return { [Symbol.asyncIterator]: () => chunks[Symbol.asyncIterator]() };
  }

  /** A response that was destroyed before anybody read it ends as if it were complete. */
  #assertNotCut(): void {
    this.#exchange.signal.throwIfAborted();
    if (this.#isDead) {
      throw this.#explain(undefined);
    }
  }

  #explain(error: unknown): unknown {
    return this.#isDead
      ? new ClusterUnreachableError({
          cluster: this.#cluster,
          reason: 'Timeout',
          message: 'a watch through the proxy did not end when it should have',
        })
      : this.#exchange.explain(error);
  }

  /** What still comes is read and thrown away, so that the server can end the stream. */
  #drain(): void {
    if (!this.#isOver) {
      this.#response.removeAllListeners('readable');
      this.#response.resume();
    }
  }

  /** Ends the connection, which the API server may not notice. */
  end(): void {
    if (this.#isOver) {
      return;
    }
    this.#isOver = true;
    this.#cancelDeath();
    this.#exchange.finish();
    this.#response.destroy();
    this.#onEnd();
  }
}
