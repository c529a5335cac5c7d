import { useEffect, useMemo, useRef, useState } from 'react';

const markMs = 2_000;

/** Rows in the order of before, with what is known now; new ones come last, those that left stay as they were. */
export function steadyRows<T>(options: {
  shown: readonly T[];
  next: readonly T[];
  keyOf: (row: T) => string;
}): T[] {
  const { shown, next, keyOf } = options;
  const fresh = new Map(next.map(row => [keyOf(row), row]));
  const kept = shown.map(row => fresh.get(keyOf(row)) ?? row);
  const known = new Set(shown.map(keyOf));
  return [...kept, ...next.filter(row => !known.has(keyOf(row)))];
}

/** How many rows stand elsewhere than the new order has them. */
export function movedRows(
  shown: readonly string[],
  next: readonly string[],
): number {
  const place = new Map(next.map((key, index) => [key, index]));
  return shown.filter((key, index) => place.get(key) !== index).length;
}

export interface SteadyRows<T> {
  rows: readonly T[];
  /** Rows that a new order would move; 0 when the order is current. */
  moved: number;
  /** Keys that changed a moment ago. */
  changed: ReadonlySet<string>;
  sortAgain: () => void;
}

/**
 * Keeps rows in place while a person points at them or has the focus there; what they say changes at once. `page` names
 * what the rows answer: another page is shown as it comes.
 */
export function useSteadyRows<T>(options: {
  next: readonly T[];
  page: string;
  held: boolean;
  keyOf: (row: T) => string;
  /** What makes a row count as changed. */
  textOf: (row: T) => string;
}): SteadyRows<T> {
  const { next, page, held, keyOf, textOf } = options;
  const [order, setOrder] = useState({ page, rows: next });
  const follows = !held || order.page !== page;
  const rows = useMemo(
    () => (follows ? next : steadyRows({ shown: order.rows, next, keyOf })),
    [follows, next, order, keyOf],
  );
  useEffect(() => {
    if (follows) {
      setOrder({ page, rows: next });
    }
  }, [follows, page, next]);
  const changed = useChanged({ rows: next, page, keyOf, textOf });
  return {
    rows,
    moved: follows ? 0 : movedRows(rows.map(keyOf), next.map(keyOf)),
    changed,
    sortAgain: () => setOrder({ page, rows: next }),
  };
}

function useChanged<T>(options: {
  rows: readonly T[];
  page: string;
  keyOf: (row: T) => string;
  textOf: (row: T) => string;
}): ReadonlySet<string> {
  const { rows, page, keyOf, textOf } = options;
  const before = useRef<{ page: string; texts: Map<string, string> }>();
  const [changed, setChanged] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    const texts = new Map(rows.map(row => [keyOf(row), textOf(row)]));
    const known =
      before.current?.page === page ? before.current.texts : undefined;
    before.current = { page, texts };
    const keys = [...texts.keys()].filter(key => {
      const was = known?.get(key);
      return was !== undefined && was !== texts.get(key);
    });
    if (keys.length === 0) {
      return undefined;
    }
    setChanged(new Set(keys));
    const timer = setTimeout(() => setChanged(new Set()), markMs);
    return () => clearTimeout(timer);
  }, [rows, page, keyOf, textOf]);
  return changed;
}
