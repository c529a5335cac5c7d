import { matchesSelector, parseSelector } from './parseSelector';

const matches = (selector: string, labels: Record<string, string>) =>
  matchesSelector(parseSelector(selector), labels);

describe('parseSelector', () => {
  it.each([
    ['app=shop', { app: 'shop' }, true],
    ['app==shop', { app: 'other' }, false],
    ['app=shop,tier=web', { app: 'shop' }, false],
    ['app = shop , tier = web', { app: 'shop', tier: 'web' }, true],
    ['app!=shop', {}, true],
    ['app!=shop', { app: 'shop' }, false],
    ['env in (prod, staging),app=a', { env: 'staging', app: 'a' }, true],
    ['env in (prod)', {}, false],
    ['env notin (prod,staging)', { env: 'prod' }, false],
    ['env notin (prod)', {}, true],
    ['canary', { canary: '' }, true],
    ['!canary', { canary: 'x' }, false],
    ['constructor', {}, false],
    [
      'app.kubernetes.io/name=a_b.c-d',
      { 'app.kubernetes.io/name': 'a_b.c-d' },
      true,
    ],
    ['empty=', { empty: '' }, true],
  ])('%s on %j is %s', (selector, labels, expected) => {
    expect(matches(selector, labels)).toBe(expected);
  });

  it.each([
    '',
    ',',
    'a=b=c',
    'a in b',
    'a in (b',
    'a=-b',
    'a>1',
    '-a',
    'a=b c',
    Array(60).fill('a=b').join(','),
    `a=${'b'.repeat(5000)}`,
  ])('refuses %s', selector => {
    expect(() => parseSelector(selector)).toThrow(
      expect.objectContaining({ name: 'InputError' }),
    );
  });
});
