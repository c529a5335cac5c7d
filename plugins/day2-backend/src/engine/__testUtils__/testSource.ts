import {
  KindDefinition,
  judgeObject,
} from '@day2ops/backstage-plugin-day2-node';
import { track, trackRemoval } from '../../history/track';
import { EngineRules, EngineSource } from '../collector/types';
import { Correlator, CorrelationTarget } from '../../model/types';

interface Phase {
  phase: string | undefined;
  due?: number;
}

const app: KindDefinition<Phase> = {
  group: 'apps',
  kind: 'App',
  plural: 'apps',
  versions: ['v1'],
  namespaced: true,
  area: 'workloads',
  needs: ['Part'],
  prune: (object: any) => ({
    phase: object.status?.phase,
    due: object.status?.due,
  }),
  rule: {
    judge({ head, fields }, { lookup, now }) {
      const parts = lookup.ownedBy<Phase>('Part', head.uid);
      const broken = parts.filter(part => part.fields.phase === 'Broken');
      const params = { parts: parts.length, broken: broken.length };
      const verdict = { params, message: `${broken.length} broken parts` };
      if (broken.length > 0) {
        return { health: 'degraded', reason: 'BrokenParts', ...verdict };
      }
      if (fields.due !== undefined) {
        return now >= fields.due
          ? { health: 'warning', reason: 'Due', ...verdict }
          : {
              health: 'healthy',
              reason: 'Fine',
              ...verdict,
              dueAt: fields.due,
            };
      }
      return { health: 'healthy', reason: 'Fine', ...verdict };
    },
  },
};

const part: KindDefinition<Phase> = {
  group: '',
  kind: 'Part',
  plural: 'parts',
  versions: ['v1'],
  namespaced: true,
  prune: (object: any) => ({ phase: object.status?.phase }),
};

export const appsPath = '/apis/apps/v1/apps';
export const partsPath = '/api/v1/parts';

export const testResources = [
  { group: 'apps', version: 'v1', kind: 'App', plural: 'apps' },
  { group: '', version: 'v1', kind: 'Part', plural: 'parts' },
];

/** Apps, judged by the parts that they own. */
export const testSource: EngineSource = {
  source: { id: 'test', kinds: [app, part] as KindDefinition[] },
  settings: {},
};

export const testRules: EngineRules = {
  judge: judgeObject,
  track,
  trackRemoval,
  judgeCluster: ({ state, kinds }) => ({
    health: state === 'connected' ? 'healthy' : 'unknown',
    reason: state,
    params: { kinds: kinds.length },
    message: '',
  }),
};

/** Joins by label `owner` of an object, or of one through which it belongs. */
export class TestCorrelator implements Correlator {
  readonly listeners = new Set<
    (change: { mayAffect(target: CorrelationTarget): boolean }) => void
  >();
  entityRef = 'component:default/a';

  links(target: CorrelationTarget) {
    const all = [target, ...target.through];
    return all.some(({ labels }) => labels.owner)
      ? [
          {
            entityId: 1,
            entityRef: this.entityRef,
            proof: 'object' as const,
            unexpectedNamespace: false,
          },
        ]
      : [];
  }

  environment() {
    return 'production';
  }

  subscribe(
    listener: (change: {
      mayAffect(target: CorrelationTarget): boolean;
    }) => void,
  ) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}
