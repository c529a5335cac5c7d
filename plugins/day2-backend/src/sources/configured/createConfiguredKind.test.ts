import { judgeObjects } from '@day2ops/backstage-plugin-day2-node';
import { KindRules } from './createConfiguredKind';
import { createConfiguredSource } from './createConfiguredSource';

const rules: KindRules = {
  group: 'example.com',
  kind: 'Widget',
  plural: 'widgets',
  versions: ['v1'],
  namespaced: true,
  area: 'delivery',
  phase: 'status.stage',
  phases: { healthy: ['Done'], degraded: ['Broken', 'Lost'] },
  conditions: [
    {
      type: 'Usable',
      status: 'False',
      reason: 'Waiting',
      health: 'progressing',
    },
    { type: 'Usable', status: 'False', reason: undefined, health: 'critical' },
  ],
  message: 'status.note',
};

function judge(status: unknown) {
  const object = {
    apiVersion: 'example.com/v1',
    kind: 'Widget',
    metadata: { name: 'w' },
    status,
  };
  const sources = [createConfiguredSource([rules])];
  const [judged] = judgeObjects([object], { sources, now: 0 });
  return judged?.judgement;
}

const unusable = (reason: string) => ({
  type: 'Usable',
  status: 'False',
  reason,
  message: 'token=abc is refused',
  lastTransitionTime: '2026-11-21T03:00:00Z',
});

describe('createConfiguredKind', () => {
  it('describes the kind as app-config does', () => {
    const [kind] = createConfiguredSource([rules]).kinds;
    expect(kind).toMatchObject({
      group: 'example.com',
      plural: 'widgets',
      area: 'delivery',
    });
    expect(() => createConfiguredSource([rules, rules])).toThrow(/twice/);
  });

  it('takes the first condition that matches, before any phase', () => {
    expect(
      judge({ stage: 'Done', conditions: [unusable('Waiting')] }),
    ).toMatchObject({ health: 'progressing', reason: 'Waiting' });
    expect(
      judge({ stage: 'Done', conditions: [unusable('Gone')] }),
    ).toMatchObject({
      health: 'critical',
      reason: 'Gone',
      message: 'Condition Usable is False: token=[hidden] is refused.',
      since: Date.UTC(2026, 10, 21, 3),
    });
  });

  it('takes the word of the phase, and no word that is not listed', () => {
    expect(judge({ stage: 'Done' })).toMatchObject({
      health: 'healthy',
      reason: 'Done',
    });
    expect(judge({ stage: 'Lost', note: 'no room left' })).toMatchObject({
      health: 'degraded',
      message: 'Its phase is Lost: no room left.',
    });
    expect(judge({ stage: 'Ready' })?.health).toBe('unknown');
  });

  it('leaves the rest to what controllers have in common', () => {
    const ready = { type: 'Ready', status: 'True' };
    expect(judge({ conditions: [ready] })?.health).toBe('healthy');
    expect(judge({})?.health).toBe('unknown');
  });
});
