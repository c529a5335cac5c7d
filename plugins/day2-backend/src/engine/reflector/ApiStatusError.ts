import { CustomErrorBase } from '@backstage/errors';

/** What the API server said instead of an answer: an HTTP status, or an ERROR event inside a watch. */
export class ApiStatusError extends CustomErrorBase {
  name = 'ApiStatusError' as const;
  readonly code: number;
  readonly reason: string;
  readonly retryAfterMs: number | undefined;
  readonly cameInStream: boolean;

  constructor(options: {
    code: number;
    reason: string;
    message: string;
    retryAfterMs?: number;
    cameInStream?: boolean;
  }) {
    super(options.message);
    this.code = options.code;
    this.reason = options.reason;
    this.retryAfterMs = options.retryAfterMs;
    this.cameInStream = options.cameInStream ?? false;
  }

  /** The resource version or the continue token is older than what the server keeps. */
  get isExpired(): boolean {
    return (
      this.code === 410 || this.reason === 'Expired' || this.reason === 'Gone'
    );
  }

  /** The server has not yet seen the resource version that we ask for. */
  get isAhead(): boolean {
    return /too large resource version/i.test(this.message);
  }

  /** The server does not know, or does not allow, what we asked for. */
  get isInvalid(): boolean {
    return this.code === 400 || this.code === 422;
  }
}

/** Reads a `Status`; any other body is cut short into the message. */
export function statusErrorOf(options: {
  status: number;
  body: unknown;
  retryAfter: string | undefined;
  now: number;
  cameInStream?: boolean;
}): ApiStatusError {
  const { status, body, retryAfter, now, cameInStream } = options;
  const found = parseStatus(body);
  const seconds = found?.details?.retryAfterSeconds;
  return new ApiStatusError({
    code: typeof found?.code === 'number' ? found.code : status,
    reason: typeof found?.reason === 'string' ? found.reason : '',
    message:
      typeof found?.message === 'string'
        ? found.message.slice(0, 1024)
        : `the API server answered ${status}`,
    retryAfterMs:
      readRetryAfter(retryAfter, now) ??
      (typeof seconds === 'number' ? seconds * 1000 : undefined),
    cameInStream,
  });
}

interface UntrustedStatus {
  kind?: unknown;
  code?: unknown;
  reason?: unknown;
  message?: unknown;
  details?: { retryAfterSeconds?: unknown };
}

function parseStatus(body: unknown): UntrustedStatus | undefined {
  if (typeof body !== 'string') {
    return isStatus(body) ? body : undefined;
  }
  try {
    const parsed: unknown = JSON.parse(body);
    return isStatus(parsed) ? parsed : undefined;
  } catch {
    // Proxies and load balancers answer with HTML; the HTTP status says enough.
    return undefined;
  }
}

function isStatus(value: unknown): value is UntrustedStatus {
  return (
    typeof value === 'object' &&
    value !== null &&
    (value as UntrustedStatus).kind === 'Status'
  );
}

/** `Retry-After` in both its forms: seconds, or a date. */
export function readRetryAfter(
  value: string | undefined,
  now: number,
): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  if (/^\d{1,6}$/.test(value.trim())) {
    return Number(value) * 1000;
  }
  const at = Date.parse(value);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
