import { CustomErrorBase, isError } from '@backstage/errors';

/** What prevented an answer. */
export type UnreachableReason =
  | 'Dns'
  | 'Refused'
  | 'Reset'
  | 'Tls'
  | 'Timeout'
  | 'Redirect'
  | 'TooLarge'
  | 'Credential'
  | 'TooManyWatches'
  /** The portal's own rate limit, not the cluster's. */
  | 'PortalRateLimited'
  /** The portal answered in the cluster's place: the kubernetes plugin refused or could not connect. */
  | 'Portal'
  | 'Network';

/** No answer of the API server, and why. The message is safe to show. */
export class ClusterUnreachableError extends CustomErrorBase {
  name = 'ClusterUnreachableError' as const;
  readonly reason: UnreachableReason;
  /** What whoever refused asked to wait. */
  readonly retryAfterMs: number | undefined;

  constructor(options: {
    cluster: string;
    reason: UnreachableReason;
    message: string;
    cause?: unknown;
    retryAfterMs?: number;
  }) {
    const { cluster, reason, message, cause, retryAfterMs } = options;
    super(`Cluster ${cluster}: ${message}`, isError(cause) ? cause : undefined);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}

const byCode: Readonly<Record<string, UnreachableReason>> = Object.freeze({
  ENOTFOUND: 'Dns',
  EAI_AGAIN: 'Dns',
  ECONNREFUSED: 'Refused',
  EHOSTUNREACH: 'Refused',
  ENETUNREACH: 'Refused',
  ECONNRESET: 'Reset',
  EPIPE: 'Reset',
  ERR_STREAM_PREMATURE_CLOSE: 'Reset',
  ETIMEDOUT: 'Timeout',
  EPROTO: 'Tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'Tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'Tls',
  HOSTNAME_MISMATCH: 'Tls',
});

const sentences: Readonly<Partial<Record<UnreachableReason, string>>> =
  Object.freeze({
    Dns: 'the host name of its API server does not resolve',
    Refused: 'its API server does not accept connections',
    Reset: 'the connection to its API server broke',
    Timeout: 'its API server does not answer in time',
  });

function reasonOf(code: string): UnreachableReason {
  if (byCode[code]) {
    return byCode[code];
  }
  return /CERT|TLS|SSL|UNABLE_TO_/.test(code) ? 'Tls' : 'Network';
}

/** Reads an error of node's sockets. */
export function toUnreachable(
  cluster: string,
  error: unknown,
): ClusterUnreachableError {
  if (error instanceof ClusterUnreachableError) {
    return error;
  }
  const code =
    isError(error) && typeof error.code === 'string' ? error.code : '';
  const reason = reasonOf(code);
  const detail = isError(error) ? error.message : 'unknown error';
  const message =
    sentences[reason] ??
    (reason === 'Tls'
      ? `its API server's certificate is not accepted (${detail})`
      : `no answer from its API server (${detail})`);
  return new ClusterUnreachableError({
    cluster,
    reason,
    message,
    cause: error,
  });
}
