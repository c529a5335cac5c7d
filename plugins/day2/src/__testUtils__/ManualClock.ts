import { Clock } from '../live/types';

/** A clock that goes when a test says so. */
export class ManualClock implements Clock {
  private time = 0;
  private timers: { at: number; callback: () => void }[] = [];

  now() {
    return this.time;
  }

  after(ms: number, callback: () => void) {
    const timer = { at: this.time + ms, callback };
    this.timers.push(timer);
    return () => {
      this.timers = this.timers.filter(other => other !== timer);
    };
  }

  get pending() {
    return this.timers.length;
  }

  advance(ms: number) {
    const end = this.time + ms;
    for (;;) {
      const [next] = this.timers
        .filter(({ at }) => at <= end)
        .sort((a, b) => a.at - b.at);
      if (!next) {
        break;
      }
      this.timers = this.timers.filter(other => other !== next);
      this.time = Math.max(this.time, next.at);
      next.callback();
    }
    this.time = end;
  }
}
