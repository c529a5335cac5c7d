import { CustomErrorBase } from '@backstage/errors';

/**
 * What went wrong between the browser and the portal's backend: `unreachable` (no answer), `refused` (not signed in
 * or not allowed), `missing` (does not exist, or may not be seen), `failed` (any other status), `unreadable` (an
 * answer that is not what this version understands).
 */
export type Day2RequestErrorKind =
  | 'unreachable'
  | 'refused'
  | 'missing'
  | 'failed'
  | 'unreadable';

/** A request to our own backend that failed. It is no health of anything. */
export class Day2RequestError extends CustomErrorBase {
  readonly name = 'Day2RequestError';
  readonly kind: Day2RequestErrorKind;
  readonly status?: number;
  readonly statusText?: string;
  /** As the server names it, to find it in its log. */
  readonly requestId?: string;
  readonly at: number;

  constructor(
    message: string,
    options: {
      kind: Day2RequestErrorKind;
      at: number;
      status?: number;
      statusText?: string;
      requestId?: string;
      cause?: unknown;
    },
  ) {
    super(message, options.cause);
    this.kind = options.kind;
    this.at = options.at;
    this.status = options.status;
    this.statusText = options.statusText;
    this.requestId = options.requestId;
  }
}
