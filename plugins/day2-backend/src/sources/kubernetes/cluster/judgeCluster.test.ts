import {
  createLookup,
  KindReadability,
  readHead,
} from '@day2ops/backstage-plugin-day2-node';
import { nodeKind } from '../Node/node';
import { ClusterFacts, judgeCluster } from './judgeCluster';

function node(
  name: string,
  options: { ready?: string; kubelet?: string; pressure?: boolean } = {},
) {
  const { ready = 'True', kubelet = 'v1.36.3', pressure = false } = options;
  const object = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, uid: name },
    status: {
      conditions: [
        { type: 'Ready', status: ready },
        { type: 'DiskPressure', status: pressure ? 'True' : 'False' },
      ],
      nodeInfo: { kubeletVersion: kubelet },
    },
  };
  const head = readHead(object);
  if (!head) {
    throw new Error('no head');
  }
  return { head, fields: nodeKind.prune(object) };
}

function judge(
  facts: Partial<ClusterFacts>,
  nodes = [node('a'), node('b')],
  readability?: KindReadability,
) {
  return judgeCluster({
    now: Date.parse('2026-11-21T03:07:00Z'),
    state: 'connected',
    since: Date.parse('2026-11-21T02:49:00Z'),
    message: undefined,
    version: 'v1.36.3',
    kinds: [{ kind: 'Node', state: 'synced' }],
    lookup: createLookup(nodes, () => readability),
    ...facts,
  });
}

describe('judgeCluster', () => {
  it('is healthy when it answers and all its nodes are ready', () => {
    expect(judge({})).toEqual({
      health: 'healthy',
      reason: 'Ready',
      params: { nodes: 2, ready: 2 },
      message: 'Answers, and 2 of 2 nodes are ready.',
    });
  });

  it.each([
    [
      'silent',
      'Stale',
      'Does not answer since 2026-11-21 02:49 UTC: connect ECONNREFUSED.',
    ],
    [
      'neverSynced',
      'NeverSynced',
      'Has not answered yet: connect ECONNREFUSED.',
    ],
    [
      'unauthenticated',
      'Forbidden',
      'Refuses the credential of Day 2: connect ECONNREFUSED.',
    ],
    [
      'clientAuth',
      'Forbidden',
      'Needs a token that only a browser has: connect ECONNREFUSED.',
    ],
  ] as const)('is unknown while it is %s', (state, reason, message) => {
    expect(judge({ state, message: 'connect ECONNREFUSED' })).toMatchObject({
      health: 'unknown',
      reason,
      message,
    });
  });

  it('counts nodes that are not ready', () => {
    const away = node('c', { ready: 'Unknown' });
    expect(judge({}, [node('a'), node('b'), away])).toMatchObject({
      health: 'warning',
      reason: 'NodesNotReady',
      message: '2 of 3 nodes are ready. `c` is not.',
    });
    expect(judge({}, [node('a'), away]).health).toBe('degraded');
    expect(judge({}, [away]).health).toBe('critical');
    expect(judge({}, [node('a', { pressure: true })]).reason).toBe(
      'NodePressure',
    );
  });

  it.each([
    ['v1.32.9', true],
    ['v1.37.0', true],
    ['v1.33.0+k3s1', false],
    ['odd', false],
  ])('holds a kubelet of %s against the API server', (kubelet, wrong) => {
    const { reason } = judge({}, [node('a', { kubelet })]);
    expect(reason).toBe(wrong ? 'VersionSkew' : 'Ready');
  });

  it('names what it may not read and what it cannot', () => {
    const kinds = [
      { kind: 'Node', state: 'synced' as const },
      { kind: 'Pod', state: 'forbidden' as const },
    ];
    expect(judge({ kinds })).toMatchObject({
      health: 'warning',
      reason: 'KindsForbidden',
      message:
        'Day 2 may not read 1 kind: Pod. What depends on them is not seen.',
    });
    expect(judge({ kinds: [{ kind: 'Pod', state: 'backoff' }] }).reason).toBe(
      'KindsFailing',
    );
    expect(judge({ kinds: [{ kind: 'Pod', state: 'listing' }] }).health).toBe(
      'progressing',
    );
  });

  it('does not count nodes that it may not see', () => {
    expect(judge({}, [], 'forbidden').message).toBe(
      'Answers. Its nodes are not seen.',
    );
  });

  it('hides secrets of what the transport says', () => {
    const message = 'proxy http://u:hunter2@proxy refused';
    expect(judge({ state: 'silent', message }).message).not.toContain(
      'hunter2',
    );
  });
});
