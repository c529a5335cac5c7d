import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import {
  FleetAddress,
  parseFleetAddress,
  writeFleetAddress,
} from './fleetAddress';

/** The filters, which live in the address. Any change but of the page itself goes back to the first page. */
export function useFleetAddress(): [
  FleetAddress,
  (change: Partial<FleetAddress>) => void,
] {
  const [search, setSearch] = useSearchParams();
  const address = useMemo(() => parseFleetAddress(search), [search]);
  const change = useCallback(
    (patch: Partial<FleetAddress>) => {
      const first = 'cursor' in patch ? {} : { cursor: undefined, at: 1 };
      setSearch(writeFleetAddress({ ...address, ...first, ...patch }), {
        replace: true,
      });
    },
    [address, setSearch],
  );
  return [address, change];
}
