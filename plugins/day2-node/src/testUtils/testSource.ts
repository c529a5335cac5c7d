/* eslint-disable jest/no-export -- a suite for the test files of sources, not a test file */
import {
  evidenceSchema,
  healthRank,
  verdictSchema,
} from '@day2ops/backstage-plugin-day2-common';
import { createLookup } from '../records/createLookup';
import { kindName } from '../records/kindName';
import { readHead } from '../records/readHead';
import { UntrustedObject } from '../records/types';
import { KindDefinition, Source } from '../sources/types';
import { boundEvidence } from '../status/boundEvidence';
import { judgeObject } from '../status/judgeObject';
import { judgeFixture, kindFolders, readFixtures } from './fixtures';

const MAX_MESSAGE = 200;
/** Advice, hurry, blame, and times that are wrong a minute later (see the wording of reasons in the docs). */
const BANNED =
  /\b(please|check|ago|because|sorry|oops|should)\b|!|\bundefined\b|\bNaN\b/i;

const oddStatuses: readonly unknown[] = [
  {},
  [],
  'odd',
  7,
  { conditions: 'none', phase: 7, observedGeneration: 'x' },
  { conditions: [null, 7, {}, { type: 'Ready' }, { type: 1, status: true }] },
  {
    conditions: Array.from({ length: 10_000 }, () => ({
      type: 'A',
      status: 'True',
    })),
  },
  { replicas: -1, readyReplicas: '3', containerStatuses: { a: 1 } },
  { startTime: '0001-01-01T00:00:00Z', phase: '\uD800' },
];

/**
 * The contract of a source, as a suite: kinds are unique and have folders, each has a fixture of good health and one of
 * a failure (kinds that are only read by others: any), each fixture is judged as its name says, rules bear any status, and
 * messages are as reasons are written. Call it at the top level of a test file.
 *
 * @param sourceFolder - absolute; holds `<Kind>/__fixtures__/<health>_<why>.yaml`
 * @public
 */
export function testSource(source: Source, sourceFolder: string): void {
  const fixtures = readFixtures(sourceFolder);
  describe(`source ${source.id}`, () => {
    it('has a folder for each kind, and a kind for each folder', () => {
      const kinds = source.kinds.map(({ kind }) => kind).sort();
      expect(new Set(source.kinds.map(kindName)).size).toBe(kinds.length);
      expect(kindFolders(sourceFolder)).toEqual(kinds);
    });

    it('has fixtures of good health and of a failure for each kind with a rule', () => {
      const ranks = (kind: string) =>
        fixtures
          .filter(fixture => fixture.kind === kind)
          .map(({ health }) => healthRank(health));
      const ruled = source.kinds.filter(({ rule }) => rule);
      const lacking = ruled.filter(({ kind }) => {
        const all = ranks(kind);
        return !all.some(rank => rank === 0) || !all.some(rank => rank >= 4);
      });
      expect(lacking.map(({ kind }) => kind)).toEqual([]);
    });

    it.each(
      fixtures.map(
        fixture => [`${fixture.kind}/${fixture.name}`, fixture] as const,
      ),
    )('judges %s as its name says', (_, fixture) => {
      const { judgement, record } = judgeFixture(fixture, source);
      const { health, message, reason, evidence = {} } = judgement;
      expect({ health, reason, message }).toMatchObject({
        health: fixture.health,
      });
      expect(record.head.kind).toBe(fixture.kind);
      expect(reason).toMatch(/^[A-Z][A-Za-z0-9]*$/);
      expect(message).toMatch(/^[^a-z].*[.…]$/);
      expect(message.length).toBeLessThanOrEqual(MAX_MESSAGE);
      expect(message).not.toMatch(BANNED);
      expect(verdictSchema.safeParse(judgement).error).toBeUndefined();
      expect(evidenceSchema.safeParse(evidence).error).toBeUndefined();
      expect(boundEvidence(evidence)).toEqual(evidence);
      // Pure: the same again, also from frozen input.
      expect(judgeFixture(fixture, source).judgement).toEqual(judgement);
    });

    it.each(source.kinds.map(kind => [kindName(kind), kind] as const))(
      'bears any status of %s, and calls none of them healthy',
      (_, definition) => {
        for (const status of oddStatuses) {
          const { health, message } = judgeOdd(definition, status);
          expect(health).not.toBe('healthy');
          expect(message).not.toMatch(/\bundefined\b|\bNaN\b/);
        }
      },
    );
  });
}

/** An object of a kind with nothing but this status. */
function judgeOdd(definition: KindDefinition, status: unknown) {
  const { group, versions, kind } = definition;
  const object: UntrustedObject = {
    apiVersion: group ? `${group}/${versions[0]}` : versions[0],
    kind,
    metadata: { name: 'odd', namespace: 'odd', uid: 'odd' },
    status,
  };
  const head = readHead(object);
  if (!head) {
    throw new Error(`Kind ${kind} has no head`);
  }
  const record = { head, fields: definition.prune(object) };
  return judgeObject(definition, record, {
    now: Date.UTC(2026, 10, 21),
    lookup: createLookup([record]),
    settings: {},
  });
}
