import { useApi } from '@backstage/core-plugin-api';
import {
  serviceChannel,
  ServiceTimeline,
} from '@day2ops/backstage-plugin-day2-common';
import { day2ApiRef } from '../api/types';
import { serviceTiming } from '../live/types';
import { Live, useLive } from './useLive';

const hourMs = 3_600_000;

/** History of one service over the last `hours`. */
export function useTimeline(
  entityRef: string,
  hours: number,
): Live<ServiceTimeline> {
  const api = useApi(day2ApiRef);
  return useLive({
    key: `timeline ${hours} ${entityRef}`,
    channel: serviceChannel(entityRef),
    timing: serviceTiming,
    // Whole minutes, so that the answer of before can be confirmed by its ETag.
    load: () =>
      api.getTimeline(entityRef, {
        from: minute(Date.now() - hours * hourMs).toISOString(),
      }),
  });
}

function minute(at: number): Date {
  return new Date(Math.floor(at / 60_000) * 60_000);
}
