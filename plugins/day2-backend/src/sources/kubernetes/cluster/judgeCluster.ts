import {
  ClusterState,
  KindState,
  Verdict,
} from '@day2ops/backstage-plugin-day2-common';
import {
  closeSentence,
  critical,
  degraded,
  findCondition,
  formatMoment,
  healthy,
  KindName,
  ObjectRecord,
  progressing,
  RecordLookup,
  redact,
  unknown,
  verdict,
  warning,
} from '@day2ops/backstage-plugin-day2-node';
import { NodeFields } from '../Node/node';
import { describeSkew } from './versionSkew';

/** What a verdict of a whole cluster is made from. */
export interface ClusterFacts {
  /** Milliseconds since the epoch, as all times. */
  now: number;
  state: ClusterState;
  /** When the state began. */
  since: number;
  /** Why it cannot be seen, as the transport says it. */
  message: string | undefined;
  /** Of the API server, for example `v1.34.1`. */
  version: string | undefined;
  kinds: readonly { kind: KindName; state: KindState }[];
  lookup: RecordLookup;
}

/**
 * Judges a cluster: whether it is seen, whether its nodes are ready and fit its version, and what of it cannot be read.
 * Pure. What cannot be seen is `unknown`, never healthy.
 */
export function judgeCluster(facts: ClusterFacts): Verdict {
  const { health, reason, params, message } =
    judgeSight(facts) ??
    judgeNodes(facts) ??
    judgeKinds(facts) ??
    judgeReading(facts) ??
    judgeHealthy(facts);
  return { health, reason, params, message: redact(message) };
}

function judgeSight(facts: ClusterFacts): Verdict | undefined {
  const { state, since, message } = facts;
  const why = message ? `: ${closeSentence(redact(message), 80)}` : '.';
  switch (state) {
    case 'connected':
      return undefined;
    case 'silent':
      return unknown('Stale', {
        message: `Does not answer since ${formatMoment(since)}${why}`,
      });
    case 'unauthenticated':
      return unknown('Forbidden', {
        message: `Refuses the credential of Day 2${why}`,
        params: { state },
      });
    case 'clientAuth':
      return unknown('Forbidden', {
        message: `Needs a token that only a browser has${why}`,
        params: { state },
      });
    case 'duplicate':
      return unknown('Duplicate', {
        message: `Is another name for a cluster that is watched already${why}`,
        params: { state },
      });
    default:
      return unknown('NeverSynced', {
        message: `Has not answered yet${why}`,
      });
  }
}

function nodesOf({ lookup }: ClusterFacts): ObjectRecord<NodeFields>[] {
  return lookup.readability('Node') === 'synced'
    ? [...lookup.all<NodeFields>('Node')]
    : [];
}

function isTrue({ fields }: ObjectRecord<NodeFields>, type: string): boolean {
  return findCondition(fields.conditions, type)?.status === 'True';
}

function judgeNodes(facts: ClusterFacts): Verdict | undefined {
  const nodes = nodesOf(facts);
  const ready = nodes.filter(node => isTrue(node, 'Ready'));
  const away = nodes.length - ready.length;
  const params = { nodes: nodes.length, ready: ready.length };
  if (nodes.length > 0 && ready.length === 0) {
    return critical('NodesNotReady', {
      message: `None of ${nodes.length} nodes is ready.`,
      params,
    });
  }
  if (away > 0) {
    const [first] = nodes.filter(node => !isTrue(node, 'Ready'));
    const others = away > 1 ? ` and ${away - 1} more` : '';
    const judge = away * 2 >= nodes.length ? degraded : warning;
    return judge('NodesNotReady', {
      message: `${ready.length} of ${nodes.length} nodes are ready. \`${
        first.head.name
      }\`${others} ${away > 1 ? 'are' : 'is'} not.`,
      params,
    });
  }
  const pressed = nodes.find(node =>
    ['MemoryPressure', 'DiskPressure', 'PIDPressure'].some(type =>
      isTrue(node, type),
    ),
  );
  if (pressed) {
    return warning('NodePressure', {
      message: `Node \`${pressed.head.name}\` runs short of memory, disk space or process ids.`,
      params: { ...params, node: pressed.head.name },
    });
  }
  const skew = describeSkew(facts.version, nodes);
  return skew && warning('VersionSkew', { ...skew });
}

function judgeKinds({ kinds }: ClusterFacts): Verdict | undefined {
  const inState = (state: KindState) =>
    kinds.filter(kind => kind.state === state).map(({ kind }) => kind);
  const forbidden = inState('forbidden');
  if (forbidden.length > 0) {
    return kindsVerdict('KindsForbidden', {
      what: 'Day 2 may not read',
      kinds: forbidden,
    });
  }
  const failing = inState('backoff');
  return failing.length > 0
    ? kindsVerdict('KindsFailing', { what: 'Cannot read', kinds: failing })
    : undefined;
}

function kindsVerdict(
  reason: string,
  options: { what: string; kinds: readonly string[] },
): Verdict {
  const { what, kinds } = options;
  const shown = kinds.slice(0, 3).join(', ');
  const more = kinds.length > 3 ? ` and ${kinds.length - 3} more` : '';
  return verdict('warning', reason, {
    message: `${what} ${
      kinds.length === 1 ? '1 kind' : `${kinds.length} kinds`
    }: ${shown}${more}. What depends on them is not seen.`,
    params: { kinds: kinds.join(', ') },
  });
}

/** The first look takes a moment, and says nothing yet. */
function judgeReading({ kinds }: ClusterFacts): Verdict | undefined {
  const reading = kinds.filter(
    ({ state }) => state === 'init' || state === 'listing',
  );
  return reading.length > 0
    ? progressing('Reading', {
        message: `Is being read: ${kinds.length - reading.length} of ${
          kinds.length
        } kinds are known.`,
        params: { kinds: kinds.length, reading: reading.length },
      })
    : undefined;
}

function judgeHealthy(facts: ClusterFacts): Verdict {
  const nodes = nodesOf(facts).length;
  return healthy('Ready', {
    message:
      nodes > 0
        ? `Answers, and ${nodes} of ${nodes} nodes are ready.`
        : 'Answers. Its nodes are not seen.',
    params: { nodes, ready: nodes },
  });
}
