/** Moments counted back from `now`: `36 min`, `1 d 4 h`, `12 s`. */
export type Ago = (text: string) => string;

const units: Record<string, number> = {
  s: 1_000,
  min: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

export function momentsBefore(now: number): Ago {
  return text => {
    const parts = [...text.matchAll(/(\d+) (d|h|min|s)/g)];
    const ms = parts.reduce(
      (sum, [, count, unit]) => sum + Number(count) * units[unit],
      0,
    );
    return new Date(now - ms).toISOString();
  };
}
