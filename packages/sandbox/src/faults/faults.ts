/**
 * What can be wrong with a cluster:
 * - `cut`: connections are dropped, open ones destroyed;
 * - `hang`: requests are accepted and never answered, open watches fall silent, until the fault is lifted;
 * - `slow`: `ms` pass before each answer;
 * - `gone`: 410 for watches and lists that bring a resource version, open watches end with it;
 * - `throttle`: 429 with `Retry-After`;
 * - `error`: 500;
 * - `reset`: the connection is reset in the middle of an answer, open watches too;
 * - `lying-list`: lists are 200 and empty.
 */
export const FAULT_KINDS = [
  'cut',
  'hang',
  'slow',
  'gone',
  'throttle',
  'error',
  'reset',
  'lying-list',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

export interface Fault {
  kind: FaultKind;
  /** Only requests for this resource, such as `pods`. */
  plural?: string;
  /** Lifted after so many requests were hit. */
  requests?: number;
  /** How long `slow` takes; 1,000 by default. */
  ms?: number;
  /** What `throttle` asks for; 1 by default. */
  retryAfterSeconds?: number;
}

/** The faults of one cluster. Each kind is on at most once per plural. */
export interface FaultSwitches {
  set(fault: Fault): void;
  /** Lifts faults of one kind, or all. */
  clear(kind?: FaultKind): void;
  active(): Fault[];
  /** Whether such a fault holds for a resource, without counting a request. */
  find(kind: FaultKind, plural?: string): Fault | undefined;
  /** As `find`, for a request that the fault hits: counts it. */
  take(kind: FaultKind, plural?: string): Fault | undefined;
  /** Called after each change. Returns how to stop. */
  onChange(listener: () => void): () => void;
}

export function isFaultKind(value: unknown): value is FaultKind {
  return FAULT_KINDS.some(kind => kind === value);
}

export function createFaultSwitches(): FaultSwitches {
  const faults = new Map<string, Fault>();
  const listeners = new Set<() => void>();
  const keyOf = (fault: Fault) => `${fault.kind} ${fault.plural ?? ''}`;
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const find = (kind: FaultKind, plural?: string) =>
    (plural ? faults.get(`${kind} ${plural}`) : undefined) ??
    faults.get(`${kind} `);

  return {
    set(fault) {
      faults.set(keyOf(fault), { ...fault });
      changed();
    },
    clear(kind) {
      for (const [key, fault] of faults) {
        if (!kind || fault.kind === kind) faults.delete(key);
      }
      changed();
    },
    active: () => [...faults.values()].map(fault => ({ ...fault })),
    find,
    take(kind, plural) {
      const fault = find(kind, plural);
      if (!fault || fault.requests === undefined) return fault;
      fault.requests -= 1;
      if (fault.requests <= 0) {
        faults.delete(keyOf(fault));
        changed();
      }
      return fault;
    },
    onChange(listener) {
      const own = () => listener();
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
