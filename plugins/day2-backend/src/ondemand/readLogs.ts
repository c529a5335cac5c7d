import { InputError } from '@backstage/errors';
import {
  Item,
  ItemLogs,
  LogsQuery,
  PodEvidence,
} from '@day2ops/backstage-plugin-day2-common';
import {
  ClusterGateway,
  ClusterResponse,
  redact,
} from '@day2ops/backstage-plugin-day2-node';
import { explainStatus, explainThrown } from './problems';

const maxBytes = 1024 * 1024;
const timeoutMs = 10_000;

/**
 * The last lines of one container of one of the item's pods, asked of the cluster now: at most 500 lines and 1 MiB,
 * within 10 s, redacted.
 *
 * @throws InputError when the pod or container is not one of the item's, naming those that are
 */
export async function readLogs(options: {
  gateway: ClusterGateway;
  item: Item;
  query: LogsQuery;
  signal: AbortSignal;
}): Promise<ItemLogs> {
  const { gateway, item, query, signal } = options;
  const pod = podOf(item, query.pod);
  const container = containerOf(pod, query.container);
  const head = { pod: pod.name, container, previous: query.previous };
  const namespace = encodeURIComponent(item.namespace ?? '');
  let response: ClusterResponse;
  try {
    response = await gateway.request({
      cluster: item.cluster,
      path: `/api/v1/namespaces/${namespace}/pods/${encodeURIComponent(
        pod.name,
      )}/log`,
      query: {
        container,
        previous: query.previous,
        tailLines: query.tail,
        limitBytes: maxBytes,
      },
      signal,
      timeoutMs,
      maxBytes: maxBytes + 1024,
    });
  } catch (error) {
    return {
      ...head,
      lines: [],
      truncated: false,
      problem: explainThrown(error),
    };
  }
  if (response.status !== 200) {
    const problem = explainStatus(response, {
      group: '',
      resource: 'pods/log',
    });
    return { ...head, lines: [], truncated: false, problem };
  }
  const lines = response.body.split('\n');
  if (lines[lines.length - 1] === '') {
    lines.pop();
  }
  return {
    ...head,
    lines: lines.slice(-query.tail).map(line => redact(line)),
    truncated: Buffer.byteLength(response.body) >= maxBytes,
  };
}

function podOf(item: Item, name: string): PodEvidence {
  const pods = item.evidence.pods?.worst ?? [];
  const pod = pods.find(candidate => candidate.name === name);
  if (!pod) {
    const names = pods.map(candidate => candidate.name).join(', ');
    throw new InputError(
      `pod: ${item.kind} ${item.name} shows no pod of that name; it shows ${
        names || 'none'
      }`,
    );
  }
  return pod;
}

function containerOf(pod: PodEvidence, name: string | undefined): string {
  const names = pod.containers.map(container => container.name);
  if (name === undefined && names.length > 0) {
    const worst = pod.containers.find(one => one.health !== 'healthy');
    return worst?.name ?? names[0];
  }
  if (name === undefined || !names.includes(name)) {
    throw new InputError(
      `container: pod ${pod.name} has ${names.join(', ') || 'none to show'}`,
    );
  }
  return name;
}
