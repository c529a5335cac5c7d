import { ClusterUnreachableError } from '../gateway/ClusterUnreachableError';
import { ApiStatusError } from './ApiStatusError';
import { DoubtfulListError } from './confirmLoss';
import { MalformedListError } from './listObjects';
import { VeryShortWatchError } from './types';
import { WentBackError } from './WatchCursor';

/** What a failure means for a reflector. */
export interface FailureVerdict {
  state: 'backoff' | 'forbidden' | 'absent';
  /**
   * What is lost with it: nothing (watch again from where we were), events (only a list tells what happened), or the
   * version (the server does not keep it any more).
   */
  lost: 'nothing' | 'events' | 'version';
  retryAfterMs: number | undefined;
  wentBack: boolean;
}

export function classify(error: unknown): FailureVerdict {
  const verdict: FailureVerdict = {
    state: 'backoff',
    lost: 'nothing',
    retryAfterMs: undefined,
    wentBack: error instanceof WentBackError,
  };
  if (error instanceof ApiStatusError) {
    return { ...verdict, ...ofStatus(error) };
  }
  if (error instanceof ClusterUnreachableError) {
    const lost = error.reason === 'TooLarge' ? 'events' : 'nothing';
    return { ...verdict, lost, retryAfterMs: error.retryAfterMs };
  }
  // What is left is a line that could not be read, or a defect of ours: the event that it concerned is lost.
  return { ...verdict, lost: losesNothing(error) ? 'nothing' : 'events' };
}

function losesNothing(error: unknown): boolean {
  return (
    error instanceof VeryShortWatchError ||
    error instanceof MalformedListError ||
    error instanceof DoubtfulListError ||
    error instanceof WentBackError
  );
}

function ofStatus(error: ApiStatusError): Partial<FailureVerdict> {
  const { code, retryAfterMs } = error;
  if (error.isExpired || error.isAhead) {
    return { lost: 'version', retryAfterMs };
  }
  if (code === 403) {
    return { state: 'forbidden' };
  }
  if (code === 404) {
    return { state: 'absent', lost: 'events' };
  }
  return { retryAfterMs };
}
