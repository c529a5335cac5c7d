import { createLookup } from '@day2ops/backstage-plugin-day2-node';
import { judgeNamed } from '../__testUtils__/judgeNamed';
import { podDisruptionBudgetKind } from './podDisruptionBudget';

describe('PodDisruptionBudget', () => {
  it.each([
    [
      'degraded_syncFailed',
      'SyncFailed',
      'Protects nothing: found no controller ref for pod "api-1".',
    ],
    ['healthy_oneMayGo', 'DisruptionAllowed', '1 of 3 pods may be moved now.'],
    [
      'progressing_noneNow',
      'NoneAllowedNow',
      'No pod may be moved now: 2 of 3 are healthy, 2 must stay.',
    ],
    ['suspended_noPods', 'NoPods', 'Matches no pod: nothing is protected.'],
    [
      'warning_blocksEveryDrain',
      'BlocksDrains',
      'Blocks every drain: 2 of 2 pods must stay, so none may ever be moved.',
    ],
    [
      'warning_tooFewHealthy',
      'TooFewHealthyPods',
      'Blocks drains: 1 of 3 pods are healthy, and 2 must stay.',
    ],
  ])('%s', (name, reason, message) => {
    const { judgement } = judgeNamed('PodDisruptionBudget', name);
    expect(judgement).toMatchObject({ reason, message });
  });

  it('belongs through the workload whose pods it selects', () => {
    const { record: budget } = judgeNamed(
      'PodDisruptionBudget',
      'healthy_oneMayGo',
    );
    const { record: api } = judgeNamed('Deployment', 'healthy_allReady');
    const { record: other } = judgeNamed('StatefulSet', 'healthy_allReady');
    const protectedBy = podDisruptionBudgetKind.belongsThrough?.(
      budget as never,
      createLookup([api, other]),
    );
    expect(protectedBy).toEqual([api]);
  });
});
