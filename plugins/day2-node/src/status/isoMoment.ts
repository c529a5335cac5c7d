/**
 * A moment as evidence has it, RFC 3339 in UTC; `undefined` stays `undefined`.
 *
 * @public
 */
export function isoMoment(time: number): string;
/** @public */
export function isoMoment(time: number | undefined): string | undefined;
export function isoMoment(time: number | undefined): string | undefined {
  return time === undefined ? undefined : new Date(time).toISOString();
}
