/**
 * Signals carry a revision and never data: whoever listens asks the API, which knows the reader's rights.
 *
 * @public
 */
export interface Hint {
  [key: string]: number;
  revision: number;
}

/** @public */
export const fleetChannel = 'day2:fleet';

const shards = 64;

/**
 * The channel of the shard that an entity's hints go through (FNV-1a over the lower-cased ref, modulo 64).
 *
 * @public
 */
export function serviceChannel(entityRef: string): string {
  let hash = 0x811c9dc5;
  for (const character of entityRef.toLocaleLowerCase('en-US')) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return `day2:s:${(hash >>> 0) % shards}`;
}
