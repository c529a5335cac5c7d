/**
 * A moment for a sentence: `2026-11-21 02:49 UTC`. Sentences hold no time relative to now, since they are kept.
 *
 * @public
 */
export function formatMoment(time: number): string {
  const iso = new Date(time).toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}
