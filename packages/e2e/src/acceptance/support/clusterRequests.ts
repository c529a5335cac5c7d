import { SandboxCluster } from 'sandbox';

/** What a collector asks whether or not anybody looks: probes, discovery, and watches that end after some minutes. */
function runsAnyway({ verb, target }: { verb: string; target: string }) {
  return verb === 'watch' || target.startsWith('/');
}

/** What was asked of clusters that would not have been asked anyway. */
export function extraRequests(clusters: readonly SandboxCluster[]) {
  return clusters.flatMap(({ name, requests }) =>
    requests
      .entries()
      .filter(entry => !runsAnyway(entry))
      .map(({ verb, target, count }) => `${name}: ${count} ${verb} ${target}`),
  );
}
