const MAX_LENGTH = 64;

/**
 * Suffixes of Kubernetes quantities, see
 * https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
 */
const factors: Readonly<Record<string, number>> = Object.freeze({
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  '': 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
});

const binarySteps = ['Ei', 'Pi', 'Ti', 'Gi', 'Mi', 'Ki'] as const;

/**
 * A Kubernetes quantity as a number: cores, bytes or things. `undefined` for what is none. Precise to what a double
 * holds.
 *
 * @public
 */
export function parseQuantity(value: unknown): number | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : undefined;
  }
  if (typeof value !== 'string' || value.length > MAX_LENGTH) {
    return undefined;
  }
  const match =
    /^([+-]?(?:\d+\.?\d*|\.\d+))(?:([eE][+-]?\d{1,3})|([a-zA-Z]{0,2}))$/.exec(
      value,
    );
  if (!match) {
    return undefined;
  }
  const [, digits, exponent, suffix = ''] = match;
  if (exponent) {
    const scientific = Number(`${digits}${exponent}`);
    return Number.isFinite(scientific) ? scientific : undefined;
  }
  return Object.hasOwn(factors, suffix)
    ? Number(digits) * factors[suffix]
    : undefined;
}

/**
 * A number as Kubernetes writes it: memory and storage in the largest binary unit that keeps three digits (`256Mi`,
 * `3.1Gi`), everything else in whole or thousandths (`2`, `250m`).
 *
 * @public
 */
export function formatQuantity(value: number, resource: string): string {
  if (!Number.isFinite(value)) {
    return '0';
  }
  return /memory|storage|hugepages/.test(resource)
    ? formatBytes(value)
    : formatPlain(value);
}

function formatBytes(value: number): string {
  for (const unit of binarySteps) {
    const amount = value / factors[unit];
    if (Math.abs(amount) >= 1) {
      return `${round(amount)}${unit}`;
    }
  }
  return String(Math.round(value));
}

function formatPlain(value: number): string {
  const thousandths = Math.round(value * 1000);
  return thousandths % 1000 === 0
    ? String(thousandths / 1000)
    : `${thousandths}m`;
}

function round(amount: number): number {
  return Math.abs(amount) >= 100
    ? Math.round(amount)
    : Math.round(amount * 10) / 10;
}
