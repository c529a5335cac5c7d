import { Entity, RELATION_OWNED_BY } from '@backstage/catalog-model';
import { permissionRules } from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  PermissionCondition,
} from '@backstage/plugin-permission-common';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import fc from 'fast-check';
import { toDirectoryEntity } from '../directory/toDirectoryEntity';
import { toEntityRow } from '../directory/toEntityRow';
import { compileCriteria } from './compileCriteria';
import { Criteria, criteriaSchema, hashCriteria } from './criteria';

const resourceType = 'catalog-entity';
const leaf = (rule: string, params?: object) =>
  ({ rule, resourceType, params } as PermissionCondition);

/** Through the same hands as in the product: row, then mirror. */
function mirrored(entity: Entity) {
  return toDirectoryEntity({
    ...toEntityRow(entity, []),
    id: 1,
    revision: 1,
    gone_at: null,
  });
}

const text = fc.constantFrom(
  'a',
  'A',
  'ä',
  'Ä',
  'İ',
  'b',
  'a.com/x',
  '',
  '__proto__',
  'constructor',
);
const ref = fc.constantFrom(
  'group:default/a',
  'group:default/A',
  'user:default/b',
);
const kind = fc.constantFrom('Component', 'component', 'RESOURCE', 'Task');
const entities = fc.record({
  kind,
  // Not `dictionary`, which would leave out `__proto__`.
  labels: fc.option(fc.array(fc.tuple(text, text), { maxLength: 4 })),
  annotations: fc.option(fc.array(fc.tuple(text, text), { maxLength: 4 })),
  relations: fc.option(
    fc.array(fc.tuple(fc.constantFrom(RELATION_OWNED_BY, 'partOf'), ref), {
      maxLength: 4,
    }),
  ),
});

const optional = fc.option(text, { nil: undefined });
const condition = fc.oneof(
  fc
    .array(kind, { maxLength: 2 })
    .map(kinds => leaf('IS_ENTITY_KIND', { kinds })),
  fc
    .array(ref, { maxLength: 2 })
    .map(claims => leaf('IS_ENTITY_OWNER', { claims })),
  fc
    .record({ label: text, value: optional })
    .map(params => leaf('HAS_LABEL', params)),
  fc
    .record({ annotation: text, value: optional })
    .map(params => leaf('HAS_ANNOTATION', params)),
);
const criteria = fc.letrec<{ tree: Criteria }>(tie => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    condition,
    fc
      .array(tie('tree'), { minLength: 1, maxLength: 3 })
      .map(allOf => ({ allOf })),
    fc
      .array(tie('tree'), { minLength: 1, maxLength: 3 })
      .map(anyOf => ({ anyOf })),
    tie('tree').map(not => ({ not })),
  ),
})).tree as fc.Arbitrary<Criteria>;

describe('compileCriteria', () => {
  it('answers what the rules of the catalog answer', () => {
    const authorize = createConditionAuthorizer(Object.values(permissionRules));
    fc.assert(
      fc.property(entities, criteria, (raw, conditions) => {
        const entity: Entity = {
          apiVersion: 'backstage.io/v1alpha1',
          kind: raw.kind,
          metadata: {
            name: 'x',
            ...(raw.labels && { labels: Object.fromEntries(raw.labels) }),
            ...(raw.annotations && {
              annotations: Object.fromEntries(raw.annotations),
            }),
          },
          ...(raw.relations && {
            relations: raw.relations.map(([type, targetRef]) => ({
              type,
              targetRef,
            })),
          }),
        };
        const test = compileCriteria(criteriaSchema.parse(conditions));
        const expected = authorize(
          {
            result: AuthorizeResult.CONDITIONAL,
            pluginId: 'catalog',
            resourceType,
            conditions: conditions as any,
          },
          entity,
        );
        expect(test?.(mirrored(entity))).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it.each([
    leaf('HAS_METADATA', { key: 'x' }),
    leaf('HAS_SPEC', { key: 'x' }),
    leaf('ANNOTATION_CONTAINS', { key: 'x' }),
    leaf('IS_ENTITY_KIND'),
    leaf('IS_ENTITY_KIND', { kinds: 'component' }),
    leaf('HAS_LABEL', { label: 'x', value: null }),
  ])('leaves the whole tree to the catalog because of %j', foreign => {
    const own = leaf('IS_ENTITY_KIND', { kinds: ['component'] });
    expect(
      compileCriteria(criteriaSchema.parse({ allOf: [own] })),
    ).toBeDefined();
    for (const tree of [
      foreign,
      { anyOf: [own, foreign] },
      { allOf: [foreign, own] },
      { not: { not: foreign } },
    ]) {
      expect(compileCriteria(criteriaSchema.parse(tree))).toBeUndefined();
    }
  });

  it.each([
    { allOf: [] },
    { anyOf: [] },
    {},
    { not: {} },
    { rule: 'IS_ENTITY_KIND', resourceType: 'other' },
  ])('does not take %j for conditions', broken => {
    expect(criteriaSchema.safeParse(broken).success).toBe(false);
  });

  it('hashes equal conditions alike', () => {
    const hash = (value: unknown) => hashCriteria(criteriaSchema.parse(value));
    const one = leaf('HAS_LABEL', { label: 'a', value: 'b' });
    const same = {
      params: { value: 'b', label: 'a' },
      resourceType,
      rule: 'HAS_LABEL',
    };
    expect(hash({ not: one })).toBe(hash({ not: same }));
    expect(hash(one)).not.toBe(hash({ not: one }));
    expect(hash({ anyOf: [one] })).not.toBe(hash({ allOf: [one] }));
  });
});
