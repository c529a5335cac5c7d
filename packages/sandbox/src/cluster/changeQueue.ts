/** Delivers in order even when a listener causes the next delivery. */
export interface ChangeQueue<T> {
  emit(event: T): void;
  subscribe(listener: (event: T) => void): () => void;
}

export function createChangeQueue<T>(): ChangeQueue<T> {
  const listeners = new Set<(event: T) => void>();
  const queue: T[] = [];
  let draining = false;

  return {
    emit(event) {
      queue.push(event);
      if (draining) return;
      draining = true;
      try {
        for (let next = queue.shift(); next; next = queue.shift()) {
          for (const listener of [...listeners]) {
            // A listener that an earlier one has stopped hears nothing more.
            if (listeners.has(listener)) listener(next);
          }
        }
      } finally {
        draining = false;
      }
    },
    subscribe(listener) {
      // A wrapper keeps two subscriptions of one function apart.
      const own = (event: T) => listener(event);
      listeners.add(own);
      return () => {
        listeners.delete(own);
      };
    },
  };
}
