import { readHead } from '../records/readHead';
import { UntrustedObject } from '../records/types';
import { judgeGeneric } from './judgeGeneric';
import { pruneStatus } from './pruneStatus';

function judge(
  status: unknown,
  options: { kind?: string; spec?: unknown; generation?: number } = {},
) {
  const { kind = 'Widget', spec, generation } = options;
  const object: UntrustedObject = {
    apiVersion: 'example.com/v1',
    kind,
    metadata: { name: 'x', generation },
    spec,
    status,
  };
  const head = readHead(object);
  if (!head) {
    throw new Error('no head');
  }
  return judgeGeneric({ head, fields: pruneStatus(object) });
}

const condition = (type: string, status: string, reason?: string) => ({
  type,
  status,
  reason,
});

describe('judgeGeneric', () => {
  it.each([
    ['healthy', [condition('Ready', 'True')]],
    [
      'healthy',
      [condition('Established', 'True'), condition('NamesAccepted', 'True')],
    ],
    ['healthy', [condition('Synced', 'True'), condition('Ready', 'True')]],
    [
      'healthy',
      [
        condition('Available', 'True'),
        condition('Progressing', 'True', 'NewReplicaSetAvailable'),
        condition('Degraded', 'False'),
      ],
    ],
    ['healthy', [condition('Complete', 'True')]],
    ['degraded', [condition('Ready', 'True'), condition('Degraded', 'True')]],
    [
      'degraded',
      [condition('Ready', 'True'), condition('DiskPressure', 'True')],
    ],
    [
      'degraded',
      [condition('Stalled', 'True'), condition('Reconciling', 'True')],
    ],
    ['degraded', [condition('Ready', 'False', 'BuildFailed')]],
    ['degraded', [condition('Ready', 'False')]],
    ['degraded', [condition('Succeeded', 'False', 'TaskRunTimeout')]],
    [
      'degraded',
      [
        condition('Synced', 'False', 'ReconcileError'),
        condition('Ready', 'True'),
      ],
    ],
    ['degraded', [condition('Ready', 'True'), condition('Accepted', 'False')]],
    ['progressing', [condition('Ready', 'False', 'Progressing')]],
    [
      'progressing',
      [
        condition('Ready', 'False', 'DoesNotExist'),
        condition('Issuing', 'True'),
      ],
    ],
    ['progressing', [condition('Ready', 'Unknown', 'Progressing')]],
    ['progressing', [condition('Succeeded', 'Unknown', 'Running')]],
    ['progressing', [condition('Complete', 'False')]],
    ['suspended', [condition('Suspended', 'True')]],
    ['unknown', [condition('Initialized', 'True')]],
    ['unknown', [condition('Accepted', 'True')]],
    ['unknown', [condition('SomethingElse', 'True')]],
    ['progressing', [condition('Ready', 'true')]],
  ])('is %s for conditions %j', (health, conditions) => {
    expect(judge({ conditions }).health).toBe(health);
  });

  it.each([
    ['healthy', { phase: 'Active' }],
    ['healthy', { health: { status: 'Healthy' } }],
    ['healthy', { phase: 'Cluster in healthy state' }],
    ['degraded', { phase: 'FailedValidation' }],
    ['degraded', { state: 'Error', message: 'no room' }],
    ['degraded', { phase: 'Running', health: 'Unhealthy' }],
    ['degraded', { phase: 'Ready', conditions: [condition('Ready', 'False')] }],
    ['progressing', { phase: 'Provisioning' }],
    ['suspended', { state: 'Hibernated' }],
    ['unknown', { phase: 'Purple' }],
    ['unknown', { phase: 7 }],
    ['unknown', {}],
    ['unknown', undefined],
  ])('is %s for status %j', (health, status) => {
    expect(judge(status).health).toBe(health);
  });

  it('does not call a run healthy because it runs', () => {
    expect(judge({ phase: 'Running' }, { kind: 'Database' }).health).toBe(
      'healthy',
    );
    expect(judge({ phase: 'Running' }, { kind: 'TaskRun' }).health).toBe(
      'progressing',
    );
  });

  it('does not trust a condition that is older than the spec', () => {
    const conditions = [
      { ...condition('Ready', 'True'), observedGeneration: 2 },
    ];
    expect(judge({ conditions }, { generation: 3 }).health).toBe('progressing');
    expect(judge({ conditions }, { generation: 2 }).health).toBe('healthy');
  });

  it('says since when, why, and shows what it judged', () => {
    const judgement = judge({
      conditions: [
        {
          type: 'Ready',
          status: 'False',
          reason: 'dependency-missing',
          message: 'needs postgres://u:hunter2@db first.',
          lastTransitionTime: '2026-11-21T03:00:00Z',
        },
      ],
    });
    expect(judgement).toEqual({
      health: 'degraded',
      reason: 'DependencyMissing',
      params: {},
      message: 'Condition Ready is False: needs postgres://[hidden]@db first.',
      since: Date.UTC(2026, 10, 21, 3),
      evidence: {
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'dependency-missing',
            message: 'needs postgres://[hidden]@db first.',
            lastTransitionTime: '2026-11-21T03:00:00.000Z',
          },
        ],
      },
    });
  });

  it('is suspended when the spec says so and nothing is wrong', () => {
    const spec = { suspend: true };
    const ready = [condition('Ready', 'True')];
    expect(judge({ conditions: ready }, { spec }).health).toBe('suspended');
    expect(judge({ phase: 'Failed' }, { spec }).health).toBe('degraded');
  });
});
