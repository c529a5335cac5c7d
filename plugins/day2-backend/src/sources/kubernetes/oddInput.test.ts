import {
  createLookup,
  judgeObject,
  KindDefinition,
  readHead,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import fc from 'fast-check';
import { kubernetesSource } from './kubernetesSource';

/** Values that look like what Kubernetes writes, in places where it would not write them. */
const leaf = fc.oneof(
  fc.constantFrom<unknown>(
    'True',
    'False',
    'Ready',
    'Running',
    'Bound',
    'Complete',
    '2026-11-21T03:00:00Z',
    '0001-01-01T00:00:00Z',
    '__proto__',
    '256Mi',
    '* * * * *',
    '\uD800',
    null,
    -1,
    1e300,
    0,
    3,
    true,
  ),
  fc.string({ maxLength: 20 }),
);

const key = fc.constantFrom(
  'status',
  'spec',
  'metadata',
  'conditions',
  'type',
  'reason',
  'message',
  'replicas',
  'readyReplicas',
  'availableReplicas',
  'updatedReplicas',
  'containerStatuses',
  'state',
  'waiting',
  'running',
  'lastState',
  'terminated',
  'exitCode',
  'template',
  'containers',
  'hard',
  'used',
  'phase',
  'schedule',
  'jobTemplate',
  'active',
  'deletionTimestamp',
  'ownerReferences',
  '__proto__',
  'name',
);

const { value } = fc.letrec(tie => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 6 }),
  ),
}));

const object = fc.record({
  metadata: fc.dictionary(key, value, { maxKeys: 4 }),
  spec: value,
  status: value,
});

function judge(definition: KindDefinition, odd: UntrustedObject, now: number) {
  const { group, versions, kind } = definition;
  const full: UntrustedObject = {
    ...odd,
    apiVersion: group ? `${group}/${versions[0]}` : versions[0],
    kind,
    metadata: { ...(odd.metadata as object), name: 'odd', uid: 'odd' },
  };
  const head = readHead(full);
  if (!head) {
    throw new Error('no head');
  }
  const record = { head, fields: definition.prune(full) };
  const lookup = createLookup([record]);
  return judgeObject(definition, record, { now, lookup, settings: {} });
}

describe('any input', () => {
  it.each(kubernetesSource.kinds.map(kind => [kind.kind, kind] as const))(
    'leaves the rule of %s standing, pure and bounded',
    (_, definition) => {
      fc.assert(
        fc.property(object, fc.nat(), (odd, seconds) => {
          const now = Date.UTC(2026, 10, 21) + seconds * 1_000;
          const before = structuredClone(odd);
          const judgement = judge(definition, odd, now);
          expect(judgement.message).not.toMatch(
            /Could not be judged|\bundefined\b|\bNaN\b/,
          );
          expect(judgement.reason).toMatch(/^[A-Z]\w*$/);
          expect(Buffer.byteLength(JSON.stringify(judgement))).toBeLessThan(
            12_000,
          );
          expect(judge(definition, odd, now)).toEqual(judgement);
          expect(odd).toEqual(before);
        }),
        { numRuns: 150 },
      );
    },
  );
});
