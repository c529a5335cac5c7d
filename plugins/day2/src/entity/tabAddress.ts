import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/** What the address says of the tab: which items are open, what is hidden, how far back history goes. */
export interface TabAddress {
  /** `undefined` until the person opens or closes one: then the worst of each area is open. */
  open?: readonly string[];
  healthy: boolean;
  others: boolean;
  days: HistoryDays;
}

export const historyDays = [1, 7, 30] as const;

export type HistoryDays = (typeof historyDays)[number];

export function parseTabAddress(search: URLSearchParams): TabAddress {
  const open = search.get('item');
  const days = Number(search.get('days'));
  return {
    open: open === null ? undefined : open.split(',').filter(Boolean),
    healthy: search.get('healthy') !== '0',
    others: search.get('others') !== '0',
    days: historyDays.find(known => known === days) ?? 7,
  };
}

export function writeTabAddress(
  search: URLSearchParams,
  address: TabAddress,
): URLSearchParams {
  const next = new URLSearchParams(search);
  const set = (name: string, value: string | undefined) =>
    value === undefined ? next.delete(name) : next.set(name, value);
  set('item', address.open?.join(','));
  set('healthy', address.healthy ? undefined : '0');
  set('others', address.others ? undefined : '0');
  set('days', address.days === 7 ? undefined : `${address.days}`);
  return next;
}

export function useTabAddress(): [
  TabAddress,
  (change: Partial<TabAddress>) => void,
] {
  const [search, setSearch] = useSearchParams();
  const address = parseTabAddress(search);
  const change = useCallback(
    (patch: Partial<TabAddress>) =>
      setSearch(
        before =>
          writeTabAddress(before, { ...parseTabAddress(before), ...patch }),
        { replace: true },
      ),
    [setSearch],
  );
  return [address, change];
}

/** The environment that "others" are other than. */
export const mainEnvironment = 'production';
