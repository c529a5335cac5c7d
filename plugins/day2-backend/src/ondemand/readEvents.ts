import {
  Item,
  ItemEvents,
  OnDemandProblem,
} from '@day2ops/backstage-plugin-day2-common';
import {
  ClusterGateway,
  ClusterResponse,
  redact,
} from '@day2ops/backstage-plugin-day2-node';
import { z } from 'zod';
import { explainStatus, explainThrown } from './problems';

const maxEvents = 100;
const maxPods = 4;
const timeoutMs = 10_000;

const eventListSchema = z.object({
  metadata: z.object({ continue: z.string().optional() }).default({}),
  items: z.array(z.unknown()),
});

/** Only what is read; anything else may be missing or strange. */
const eventSchema = z.object({
  type: z.string().catch('Normal'),
  reason: z.string().catch(''),
  message: z.string().catch(''),
  count: z.number().catch(1),
  firstTimestamp: z.string().nullish().catch(undefined),
  lastTimestamp: z.string().nullish().catch(undefined),
  eventTime: z.string().nullish().catch(undefined),
  series: z
    .object({ count: z.number(), lastObservedTime: z.string() })
    .nullish()
    .catch(undefined),
  involvedObject: z.object({ kind: z.string(), name: z.string() }),
});

type Event = ItemEvents['events'][number];

/**
 * The newest events of an item and of its worst pods, asked of the cluster now: at most 100, within 10 s.
 */
export async function readEvents(options: {
  gateway: ClusterGateway;
  item: Item;
  signal: AbortSignal;
}): Promise<ItemEvents> {
  const { gateway, item, signal } = options;
  const pods = item.evidence.pods?.worst.slice(0, maxPods) ?? [];
  const objects = [
    { kind: item.kind, name: item.name },
    ...pods.map(pod => ({ kind: 'Pod', name: pod.name })),
  ];
  const answers = await Promise.all(
    objects.map(object => listEvents({ gateway, item, object, signal })),
  );
  const events = answers
    .flatMap(answer => answer.events)
    .sort((a, b) => (b.lastSeenAt ?? '').localeCompare(a.lastSeenAt ?? ''));
  return {
    events: events.slice(0, maxEvents),
    truncated:
      events.length > maxEvents || answers.some(answer => answer.truncated),
    problem: answers.find(answer => answer.problem)?.problem,
  };
}

async function listEvents(options: {
  gateway: ClusterGateway;
  item: Item;
  object: { kind: string; name: string };
  signal: AbortSignal;
}): Promise<{
  events: Event[];
  truncated: boolean;
  problem?: OnDemandProblem;
}> {
  const { gateway, item, object, signal } = options;
  const scope = item.namespace
    ? `/namespaces/${encodeURIComponent(item.namespace)}`
    : '';
  let response: ClusterResponse;
  try {
    response = await gateway.request({
      cluster: item.cluster,
      path: `/api/v1${scope}/events`,
      query: {
        fieldSelector: `involvedObject.kind=${object.kind},involvedObject.name=${object.name}`,
        limit: maxEvents,
      },
      signal,
      timeoutMs,
      maxBytes: 1024 * 1024,
    });
  } catch (error) {
    return { events: [], truncated: false, problem: explainThrown(error) };
  }
  if (response.status !== 200) {
    const problem = explainStatus(response, { group: '', resource: 'events' });
    return { events: [], truncated: false, problem };
  }
  const list = eventListSchema.parse(JSON.parse(response.body));
  const events = list.items.flatMap(entry => {
    const event = eventSchema.safeParse(entry);
    return event.success ? [toWire(event.data)] : [];
  });
  return { events, truncated: Boolean(list.metadata.continue) };
}

function toWire(event: z.infer<typeof eventSchema>): Event {
  const { involvedObject, series } = event;
  const last =
    series?.lastObservedTime ?? event.lastTimestamp ?? event.eventTime;
  return {
    type: event.type,
    reason: event.reason,
    message: redact(event.message),
    object: `${involvedObject.kind} ${involvedObject.name}`,
    count: series?.count ?? event.count,
    firstSeenAt: moment(event.firstTimestamp ?? event.eventTime),
    lastSeenAt: moment(last),
  };
}

function moment(text: string | null | undefined): string | null {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? null : new Date(time).toISOString();
}
