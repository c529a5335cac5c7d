import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { InputError } from '@backstage/errors';
import { z } from 'zod';

const cursorSchema = z.strictObject({
  /** Which way from here. */
  way: z.enum(['next', 'previous']),
  /** What the last row was sorted by, and its id. */
  value: z.union([z.string(), z.number()]),
  id: z.union([z.string(), z.number()]),
  /** Hash of filter and sort. */
  query: z.string(),
});

export type Cursor = Omit<z.infer<typeof cursorSchema>, 'query'>;

/** Writes and reads cursors of one query: signed, so that nobody reads on with another filter than he began with. */
export function createCursors(options: {
  key: string;
  /** Filter and sort: everything that decides which rows there are, and their order. */
  query: unknown;
}): { encode(cursor: Cursor): string; decode(text: string): Cursor } {
  const { key } = options;
  const query = createHash('sha256')
    .update(JSON.stringify(options.query))
    .digest('base64url')
    .slice(0, 16);
  const sign = (payload: string) =>
    createHmac('sha256', key).update(payload).digest('base64url').slice(0, 22);
  return {
    encode(cursor) {
      const text = JSON.stringify({ ...cursor, query });
      const payload = Buffer.from(text).toString('base64url');
      return `${payload}.${sign(payload)}`;
    },
    decode(text) {
      const [payload, signature = ''] = text.split('.');
      const given = Buffer.from(signature);
      const own = Buffer.from(sign(payload));
      if (given.length !== own.length || !timingSafeEqual(given, own)) {
        throw new InputError('cursor: not one of ours');
      }
      const cursor = cursorSchema.parse(
        JSON.parse(Buffer.from(payload, 'base64url').toString()),
      );
      if (cursor.query !== query) {
        throw new InputError('cursor: belongs to another filter or sort');
      }
      return cursor;
    },
  };
}
