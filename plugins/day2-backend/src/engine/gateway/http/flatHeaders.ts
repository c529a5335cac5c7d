import { IncomingHttpHeaders } from 'node:http';

/** Headers with one value each, as contracts have them. */
export function flatHeaders(
  headers: IncomingHttpHeaders,
): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}
