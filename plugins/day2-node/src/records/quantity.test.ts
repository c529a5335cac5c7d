import { formatQuantity, parseQuantity } from './quantity';

describe('quantities', () => {
  it.each([
    ['256Mi', 268_435_456],
    ['1.5Gi', 1_610_612_736],
    ['250m', 0.25],
    ['2', 2],
    ['.5', 0.5],
    ['1e3', 1_000],
    ['12E', 12e18],
    ['4k', 4_000],
    [7, 7],
  ])('reads %s', (quantity, value) => {
    expect(parseQuantity(quantity)).toBe(value);
  });

  it.each(['', 'Mi', '1 Gi', '1gi', '1e9999', '--1', null, NaN, {}])(
    'does not read %s',
    quantity => {
      expect(parseQuantity(quantity)).toBeUndefined();
    },
  );

  it('writes as Kubernetes does', () => {
    expect(formatQuantity(268_435_456, 'memory')).toBe('256Mi');
    expect(formatQuantity(3.1 * 2 ** 30, 'limits.memory')).toBe('3.1Gi');
    expect(formatQuantity(0, 'memory')).toBe('0');
    expect(formatQuantity(0.25, 'cpu')).toBe('250m');
    expect(formatQuantity(2, 'requests.cpu')).toBe('2');
    expect(formatQuantity(20, 'pods')).toBe('20');
  });
});
