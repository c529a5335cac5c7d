import { useApi } from '@backstage/core-plugin-api';
import {
  ClusterList,
  fleetChannel,
} from '@day2ops/backstage-plugin-day2-common';
import { day2ApiRef } from '../api/types';
import { fleetTiming } from '../live/types';
import { Live, useLive } from './useLive';

/** Which clusters can be seen, and how well. */
export function useClusters(): Live<ClusterList> {
  const api = useApi(day2ApiRef);
  return useLive({
    key: 'clusters',
    channel: fleetChannel,
    timing: fleetTiming,
    load: () => api.listClusters(),
  });
}
