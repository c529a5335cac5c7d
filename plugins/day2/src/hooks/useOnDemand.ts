import { useCallback, useEffect, useRef, useState } from 'react';
import { toError } from '@backstage/errors';

export type OnDemandState<T> =
  | { status: 'idle' }
  | { status: 'loading' }
  | { status: 'done'; value: T }
  | { status: 'failed'; error: Error };

/** Something that is only loaded when a person asks for it. A later request wins over an earlier one. */
export function useOnDemand<T, A extends unknown[]>(
  load: (...args: A) => Promise<T>,
): [OnDemandState<T>, (...args: A) => Promise<void>] {
  const [state, setState] = useState<OnDemandState<T>>({ status: 'idle' });
  const latest = useRef(0);
  useEffect(
    () => () => {
      latest.current += 1;
    },
    [],
  );
  const start = useCallback(
    async (...args: A) => {
      latest.current += 1;
      const mine = latest.current;
      const settle = (next: OnDemandState<T>) => {
        if (mine === latest.current) {
          setState(next);
        }
      };
      setState({ status: 'loading' });
      try {
        settle({ status: 'done', value: await load(...args) });
      } catch (error) {
        settle({ status: 'failed', error: toError(error) });
      }
    },
    [load],
  );
  return [state, start];
}
