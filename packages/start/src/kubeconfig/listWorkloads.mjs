const PAGE = 500;
const MAX_PAGES = 4;
const TIMEOUT_MS = 15_000;

const kinds = [
  { kind: 'Deployment', plural: 'deployments' },
  { kind: 'StatefulSet', plural: 'statefulsets' },
  { kind: 'DaemonSet', plural: 'daemonsets' },
];

/** One page of names and labels; nothing of the specification leaves the API server. */
async function getPage({ url, token, plural, next }) {
  const query = new URLSearchParams({
    limit: String(PAGE),
    ...(next ? { continue: next } : {}),
  });
  const response = await fetch(`${url}/apis/apps/v1/${plural}?${query}`, {
    headers: {
      authorization: `Bearer ${token}`,
      accept:
        'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1',
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const body = await response.json();
  if (!response.ok) {
    throw new Error(body.message ?? `status ${response.status}`);
  }
  return body;
}

/**
 * Names and labels of the workloads of a cluster, at most 2,000 of a kind.
 *
 * @param {{ url: string, token: string }} cluster
 * @returns {Promise<{ workloads: { kind: string, namespace: string, name: string, labels: Record<string, string> }[], problems: string[] }>}
 */
export async function listWorkloads({ url, token }) {
  const workloads = [];
  const problems = [];
  for (const { kind, plural } of kinds) {
    let next;
    let pages = 0;
    try {
      do {
        const page = await getPage({ url, token, plural, next });
        for (const { metadata } of page.items) {
          workloads.push({
            kind,
            namespace: metadata.namespace,
            name: metadata.name,
            labels: metadata.labels ?? {},
          });
        }
        next = page.metadata.continue;
        pages += 1;
      } while (next && pages < MAX_PAGES);
    } catch (error) {
      problems.push(`${plural} cannot be listed: ${error.message}`);
    }
    if (next && pages === MAX_PAGES) {
      problems.push(
        `there are more than ${
          PAGE * MAX_PAGES
        } ${plural}; the rest has no entity`,
      );
    }
  }
  return { workloads, problems };
}
