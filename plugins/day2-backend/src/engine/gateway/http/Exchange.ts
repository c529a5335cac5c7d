import { Clock } from '../../../model/time';
import {
  ClusterUnreachableError,
  toUnreachable,
} from '../ClusterUnreachableError';

/**
 * One exchange with a server: joins the caller's signal, a deadline and the gateway's shutdown into one signal, and
 * tells afterwards which of them ended it.
 */
export class Exchange {
  readonly #controller = new AbortController();
  readonly #cluster: string;
  readonly #caller: AbortSignal;
  readonly #open: Set<Exchange>;
  #cancelDeadline: (() => void) | undefined;

  constructor(options: {
    cluster: string;
    signal: AbortSignal;
    clock: Clock;
    deadlineMs: number;
    /** Exchanges that end with the gateway. */
    open: Set<Exchange>;
  }) {
    const { cluster, signal, clock, deadlineMs, open } = options;
    this.#cluster = cluster;
    this.#caller = signal;
    this.#open = open;
    this.#cancelDeadline = clock.after(deadlineMs, () =>
      this.#controller.abort(
        new ClusterUnreachableError({
          cluster,
          reason: 'Timeout',
          message: `no answer within ${Math.round(deadlineMs / 1000)} s`,
        }),
      ),
    );
    open.add(this);
    signal.addEventListener('abort', this.abort, { once: true });
    if (signal.aborted) {
      this.abort();
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  readonly abort = () => {
    this.#controller.abort(abortError());
  };

  /** The deadline is met: what follows may take as long as it takes. */
  meetDeadline() {
    this.#cancelDeadline?.();
    this.#cancelDeadline = undefined;
  }

  finish() {
    this.meetDeadline();
    this.#caller.removeEventListener('abort', this.abort);
    this.#open.delete(this);
  }

  /** What to throw for an error that ended this exchange. */
  explain(error: unknown): unknown {
    return this.signal.aborted
      ? this.signal.reason
      : toUnreachable(this.#cluster, error);
  }
}

export function abortError(): DOMException {
  return new DOMException('The request was aborted', 'AbortError');
}
