/** A moment as the API writes it. */
export function toMoment(at: number): string;
export function toMoment(at: number | null | undefined): string | null;
export function toMoment(at: number | null | undefined): string | null {
  return at === null || at === undefined ? null : new Date(at).toISOString();
}
