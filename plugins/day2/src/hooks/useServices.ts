import { useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  fleetChannel,
  ServiceList,
} from '@day2ops/backstage-plugin-day2-common';
import { day2ApiRef, Query } from '../api/types';
import { fleetTiming } from '../live/types';
import { Live, useLive } from './useLive';

/** One page of the fleet. While another page or filter loads, the answer of before stays. */
export function useServices(query: Query): Live<ServiceList> {
  const api = useApi(day2ApiRef);
  const live = useLive({
    key: `services ${JSON.stringify(query)}`,
    channel: fleetChannel,
    timing: fleetTiming,
    load: () => api.listServices(query),
  });
  const last = useRef<ServiceList>();
  if (live.value) {
    last.current = live.value;
  }
  return live.value || live.error ? live : { ...live, value: last.current };
}
