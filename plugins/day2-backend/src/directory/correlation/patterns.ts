/** Tests for a pattern with `*` for anything (`shop-*`); anything else in it stands for itself. */
export function compilePattern(pattern: string): (value: string) => boolean {
  if (!pattern.includes('*')) {
    return value => value === pattern;
  }
  const parts = pattern
    .split(/\*+/)
    .map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${parts.join('.*')}$`);
  return value => expression.test(value);
}
