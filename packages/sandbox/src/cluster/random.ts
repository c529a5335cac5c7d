/** A stream of chance that is the same for the same seed. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** A version 4 UUID. */
  uuid(): string;
  /** `length` characters of the alphabet Kubernetes appends to generated names: no vowels, no look-alikes. */
  suffix(length: number): string;
}

// k8s.io/apimachinery/pkg/util/rand
const NAME_ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return value >>> 0;
}

/** mulberry32 over an FNV-1a hash of the seed: small, even, and not meant for secrets. */
export function createRandom(seed: string | number): Random {
  let state = hash(String(seed));
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 2 ** 32;
  };
  const pick = (alphabet: string, length: number) => {
    let text = '';
    while (text.length < length) {
      text += alphabet[Math.floor(next() * alphabet.length)];
    }
    return text;
  };
  const hex = (length: number) => pick('0123456789abcdef', length);
  return {
    next,
    uuid: () =>
      `${hex(8)}-${hex(4)}-4${hex(3)}-${pick('89ab', 1)}${hex(3)}-${hex(12)}`,
    suffix: length => pick(NAME_ALPHABET, length),
  };
}
