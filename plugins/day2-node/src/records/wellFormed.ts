/**
 * The text with lone surrogates replaced, which neither JSON readers nor databases bear. (`String.toWellFormed` is not
 * in the language version that Backstage compiles to.)
 */
export function wellFormed(value: string): string {
  return value.replace(/\p{Surrogate}/gu, '\uFFFD');
}
