import { createLookup } from '../records/createLookup';
import { readHead } from '../records/readHead';
import { KindReadability, UntrustedObject } from '../records/types';
import { KindDefinition } from '../sources/types';
import { judgeObject } from './judgeObject';
import { pruneStatus, StatusFields } from './pruneStatus';
import { healthy } from './verdicts';

const NOW = Date.parse('2026-11-21T03:07:00Z');

const ruled: KindDefinition<StatusFields> = {
  group: 'example.com',
  kind: 'Widget',
  plural: 'widgets',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  prune: pruneStatus,
  rule: { judge: () => healthy('Fine', { message: 'Is fine.' }) },
};

function judge(
  object: UntrustedObject,
  options: {
    definition?: KindDefinition<StatusFields>;
    readability?: KindReadability;
  } = {},
) {
  const { definition = ruled, readability } = options;
  const full = { apiVersion: 'example.com/v1', kind: 'Widget', ...object };
  const head = readHead(full);
  if (!head) {
    throw new Error('no head');
  }
  const record = { head, fields: definition.prune(full) };
  return judgeObject(definition, record, {
    now: NOW,
    lookup: createLookup([record], () => readability),
    settings: {},
  });
}

describe('judgeObject', () => {
  it('asks the rule, and bounds what it says', () => {
    expect(judge({ metadata: { name: 'x' } })).toMatchObject({
      health: 'healthy',
      reason: 'Fine',
      evidence: {},
    });
  });

  it('never asks the rule about an object that is being deleted', () => {
    const metadata = {
      name: 'x',
      deletionTimestamp: '2026-11-21T03:05:00Z',
      finalizers: ['example.com/hold'],
    };
    expect(judge({ metadata })).toMatchObject({
      health: 'progressing',
      reason: 'Terminating',
      dueAt: Date.parse('2026-11-21T03:10:00Z'),
    });
    const earlier = { ...metadata, deletionTimestamp: '2026-11-21T01:00:00Z' };
    expect(judge({ metadata: earlier })).toMatchObject({
      health: 'warning',
      reason: 'StuckTerminating',
      message:
        'Deletion hangs since 2026-11-21 01:00 UTC: finalizer `example.com/hold` holds it.',
      since: Date.parse('2026-11-21T01:00:00Z'),
    });
  });

  it('never asks the rule about a status that is older than the spec', () => {
    const metadata = { name: 'x', generation: 3 };
    for (const observedGeneration of [2, '2']) {
      expect(judge({ metadata, status: { observedGeneration } })).toMatchObject(
        {
          health: 'progressing',
          reason: 'GenerationNotObserved',
        },
      );
    }
    const status = { observedGeneration: '3' };
    expect(judge({ metadata, status }).health).toBe('healthy');
  });

  it('does not judge what it cannot read', () => {
    for (const status of [
      'odd',
      { conditions: {} },
      { observedGeneration: -1 },
      { conditions: Array(10_000).fill({ type: 'Ready', status: 'True' }) },
    ]) {
      expect(judge({ metadata: { name: 'x' }, status })).toMatchObject({
        health: 'unknown',
        reason: 'SourceError',
      });
    }
  });

  it('keeps the trouble of a rule to its object', () => {
    const definition = {
      ...ruled,
      rule: {
        judge: () => {
          throw new Error('cannot read token=abc123 of null');
        },
      },
    };
    expect(judge({ metadata: { name: 'x' } }, { definition })).toMatchObject({
      health: 'unknown',
      reason: 'SourceError',
      message: 'Could not be judged: cannot read token=[hidden] of null.',
    });
  });

  it('says which kinds it had to do without', () => {
    const definition = { ...ruled, needs: ['Pod'] };
    const judgement = judge(
      { metadata: { name: 'x' } },
      { definition, readability: 'forbidden' },
    );
    expect(judgement.params).toEqual({ forbidden: 'Pod' });
    expect(judgement.evidence?.facts).toEqual([
      { label: 'Judged without', value: 'Pod (forbidden)' },
    ]);
  });

  it('falls back to conditions when the rule has nothing to say', () => {
    const definition = { ...ruled, rule: { judge: () => undefined } };
    const conditions = [{ type: 'Ready', status: 'True' }];
    const metadata = { name: 'x' };
    expect(
      judge({ metadata, status: { conditions } }, { definition }).health,
    ).toBe('healthy');
    expect(judge({ metadata }, { definition })).toMatchObject({
      health: 'unknown',
      reason: 'Unclear',
    });
  });

  it('redacts and bounds everything that is kept', () => {
    const pods = Array.from({ length: 500 }, (_, index) => ({
      name: `pod-${index}`,
      health: 'degraded' as const,
      reason: 'Error',
      message: `password=hunter2 ${'x'.repeat(5_000)}`,
      containers: [],
    }));
    const definition: KindDefinition<StatusFields> = {
      ...ruled,
      rule: {
        judge: () =>
          healthy('Fine', {
            message: `Is fine with postgres://u:hunter2@db. ${'y'.repeat(
              9_000,
            )}`,
            params: { token: 'token=hunter2', bad: NaN },
            since: NaN,
            evidence: {
              pods: { total: 500, ready: 0, counts: {}, worst: pods },
            },
          }),
      },
    };
    const judgement = judge({ metadata: { name: 'x' } }, { definition });
    const text = JSON.stringify(judgement);
    expect(text).not.toContain('hunter2');
    expect(Buffer.byteLength(judgement.message)).toBeLessThanOrEqual(1_024);
    expect(
      Buffer.byteLength(JSON.stringify(judgement.evidence)),
    ).toBeLessThanOrEqual(8_192);
    expect(judgement.evidence?.pods?.worst.length).toBeGreaterThan(10);
    expect(judgement.evidence?.pods?.worst[0].name).toBe('pod-0');
    expect(judgement.params).toEqual({ token: 'token=[hidden]' });
    expect(judgement.since).toBeUndefined();
  });
});
