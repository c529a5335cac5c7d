import { useApi } from '@backstage/core-plugin-api';
import {
  serviceChannel,
  ServiceReport,
} from '@day2ops/backstage-plugin-day2-common';
import { day2ApiRef } from '../api/types';
import { serviceTiming } from '../live/types';
import { Live, useLive } from './useLive';

/** Everything known of one service now. */
export function useServiceReport(entityRef: string): Live<ServiceReport> {
  const api = useApi(day2ApiRef);
  return useLive({
    key: `report ${entityRef}`,
    channel: serviceChannel(entityRef),
    timing: serviceTiming,
    load: () => api.getService(entityRef),
  });
}
