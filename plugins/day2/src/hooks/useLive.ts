import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { useSignal } from '@backstage/plugin-signals-react';
import { Hint } from '@day2ops/backstage-plugin-day2-common';
import { liveQueriesApiRef } from '../live/LiveQueries';
import { LiveState, RefreshTiming } from '../live/types';

export interface Live<T> extends LiveState<T> {
  refresh: () => void;
}

/** Keeps one question answered while the component is mounted. The key says all that `load` depends on. */
export function useLive<T>(options: {
  key: string;
  channel: string;
  timing: RefreshTiming;
  load: () => Promise<T>;
}): Live<T> {
  const { key, channel, timing, load } = options;
  const live = useApi(liveQueriesApiRef);
  const query = useMemo(
    () => live.query({ key, timing, load }),
    // The key stands for `load`, which is a new function on every render.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [live, key, timing],
  );
  const { lastSignal, isSignalsAvailable } = useSignal<Hint>(channel);
  useEffect(() => {
    query.setSignals(isSignalsAvailable);
  }, [query, isSignalsAvailable]);
  useEffect(() => {
    if (lastSignal) {
      query.hint();
    }
  }, [query, lastSignal]);
  const state = useSyncExternalStore(query.subscribe, query.getState);
  return { ...state, refresh: query.refresh };
}
