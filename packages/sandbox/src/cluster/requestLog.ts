/** Requests of one sort, as the API server saw them. */
export interface RequestCount {
  method: string;
  /** `get`, `list`, `watch` …, as RBAC names verbs. */
  verb: string;
  /** `pods`, `deployments.apps`, `pods/log`, or the path when it names no resource: `/readyz`. */
  target: string;
  /** Empty before the token has been recognised. */
  user: string;
  count: number;
}

/** Counts what reached an API server: a test says what a page may cost, and checks. */
export interface RequestLog {
  note(request: Omit<RequestCount, 'count'>): void;
  /** Sum over every sort that has all the given members. */
  total(filter?: Partial<Omit<RequestCount, 'count'>>): number;
  entries(): RequestCount[];
  reset(): void;
}

// Unknown paths are a client's to invent; no log grows without end.
const MAX_SORTS = 2_000;

export function createRequestLog(): RequestLog {
  const counts = new Map<string, RequestCount>();
  return {
    note({ method, verb, target, user }) {
      const key = [method, verb, target, user].join(' ');
      const known = counts.get(key);
      if (known) {
        known.count += 1;
        return;
      }
      const sort =
        counts.size < MAX_SORTS
          ? { method, verb, target, user }
          : { method, verb, target: 'other', user: 'other' };
      const sortKey = [method, verb, sort.target, sort.user].join(' ');
      const entry = counts.get(sortKey) ?? { ...sort, count: 0 };
      entry.count += 1;
      counts.set(sortKey, entry);
    },
    total(filter = {}) {
      let sum = 0;
      for (const entry of counts.values()) {
        const { method, verb, target, user } = filter;
        const wanted =
          (method === undefined || method === entry.method) &&
          (verb === undefined || verb === entry.verb) &&
          (target === undefined || target === entry.target) &&
          (user === undefined || user === entry.user);
        if (wanted) sum += entry.count;
      }
      return sum;
    },
    entries: () => [...counts.values()].map(entry => ({ ...entry })),
    reset: () => counts.clear(),
  };
}
