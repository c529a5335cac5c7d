const prefix = 'cluster:';

/** The cluster that a scope collects, if it is one's. */
export function clusterOf(scope: string): string | undefined {
  return scope.startsWith(prefix) ? scope.slice(prefix.length) : undefined;
}
