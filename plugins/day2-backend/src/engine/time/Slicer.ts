/**
 * Cuts long synchronous work into slices, so that timers and sockets of others get their turn. Slices are short because
 * several slicers (a kind each, and what judges) may run in one turn of the event loop.
 */
export class Slicer {
  readonly #budgetMs: number;
  #startedAt = performance.now();

  constructor(budgetMs = 4) {
    this.#budgetMs = budgetMs;
  }

  /** Lets the event loop turn when this slice has used up its time; call it between pieces of work. */
  async pause(): Promise<void> {
    if (this.due()) {
      await this.yield();
    }
  }

  due(): boolean {
    return performance.now() - this.#startedAt >= this.#budgetMs;
  }

  async yield(): Promise<void> {
    await new Promise<void>(resolve => {
      setImmediate(resolve);
    });
    this.#startedAt = performance.now();
  }
}
