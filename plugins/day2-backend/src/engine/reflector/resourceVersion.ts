/**
 * A resource version as a number, since Kubernetes 1.35 comparable by contract and before by construction (an etcd
 * revision). `undefined` for anything else, which is then not compared.
 */
export function versionOf(value: unknown): number | undefined {
  return typeof value === 'string' && /^[0-9]{1,15}$/.test(value)
    ? Number(value)
    : undefined;
}

/** Whether `next` is known to be older than `last`. */
export function isOlder(
  next: number | undefined,
  last: number | undefined,
): boolean {
  return next !== undefined && last !== undefined && next < last;
}
