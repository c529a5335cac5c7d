import { mockServices } from '@backstage/backend-test-utils';
import fc from 'fast-check';
import { readDay2Config } from '../../config/readDay2Config';
import { CorrelationTarget } from '../../model/types';
import { DirectoryEntity, EntityListener } from '../types';
import { createCorrelator } from './createCorrelator';
import { matchesSelector, parseSelector } from './parseSelector';

let nextId = 1;
function entity(
  name: string,
  annotations: Record<string, string> = {},
  rest: Partial<DirectoryEntity> = {},
): DirectoryEntity {
  const kind = rest.kind ?? 'Component';
  return {
    id: nextId++,
    ref: `${kind.toLocaleLowerCase('en-US')}:default/${name}`,
    kind,
    namespace: 'default',
    name,
    isService: true,
    ownerRefs: ['group:default/team'],
    labels: {},
    annotations: Object.fromEntries(
      Object.entries(annotations).map(([key, value]) => [
        key.includes('/') ? key : `backstage.io/kubernetes-${key}`,
        value,
      ]),
    ),
    truncated: false,
    ...rest,
  };
}

function object(rest: Partial<CorrelationTarget> = {}): CorrelationTarget {
  return {
    cluster: 'eu',
    namespace: 'shop',
    kind: 'Deployment.apps',
    name: 'x',
    labels: {},
    annotations: {},
    through: [],
    ...rest,
  };
}

function setup(entities: DirectoryEntity[], day2: object = {}) {
  const listeners = new Set<EntityListener>();
  const logger = mockServices.logger.mock();
  const correlator = createCorrelator({
    config: readDay2Config(mockServices.rootConfig({ data: { day2 } as any })),
    mirror: {
      entities: () => entities.values(),
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    logger,
  });
  return {
    correlator,
    logger,
    listeners,
    change(
      before: DirectoryEntity | undefined,
      after: DirectoryEntity | undefined,
      more = false,
    ) {
      for (const listener of listeners) {
        listener([{ before, after }], more);
      }
    },
    links: (target: CorrelationTarget) =>
      correlator
        .links(target)
        .map(
          ({ entityRef, proof, unexpectedNamespace }) =>
            `${entityRef} ${proof}${unexpectedNamespace ? ' unexpected' : ''}`,
        ),
  };
}

const withId = (id: string) =>
  object({ labels: { 'backstage.io/kubernetes-id': id } });

describe('createCorrelator', () => {
  it('joins what names its entity, by annotation with full refs or by label', () => {
    const { links } = setup([
      entity('pay'),
      entity('db', {}, { kind: 'Resource', isService: false }),
      entity('shop', {}, { kind: 'System' }),
    ]);
    const named = (value: string) =>
      links(object({ annotations: { 'day2ops.io/entity': value } }));
    expect(named('Component:default/Pay')).toEqual([
      'component:default/pay object',
    ]);
    expect(named('pay, resource:db')).toEqual([
      'component:default/pay object',
      'resource:default/db object',
    ]);
    expect(links(object({ labels: { 'day2ops.io/entity': 'pay' } }))).toEqual([
      'component:default/pay object',
    ]);
    expect(named('system:default/shop')).toEqual([]);
    expect(named('component:default/nobody')).toEqual([]);
    expect(named('::/ , a:b:c')).toEqual([]);
  });

  it('joins by kubernetes id, and by name only where nobody has that id', () => {
    const { links } = setup([
      entity('one', { id: 'api' }),
      entity('api'),
      entity('web'),
      entity('web', {}, { kind: 'Resource' }),
      entity('lib', {}, { isService: false }),
      entity('far', { id: 'far', namespace: 'far', cluster: 'us' }),
    ]);
    expect(links(withId('api'))).toEqual(['component:default/one object']);
    expect(links(withId('web'))).toEqual(['component:default/web object']);
    expect(links(withId('lib'))).toEqual([]);
    expect(links(withId('far'))).toEqual([]);
    expect(
      links({ ...withId('far'), namespace: 'far', cluster: 'us' }),
    ).toEqual(['component:default/far object']);
  });

  it('shows claims as claims, within their own namespace and cluster', () => {
    const claims = [
      entity('all', { 'label-selector': 'app=a' }),
      entity('here', { 'label-selector': 'app in (a,b)', namespace: 'shop' }),
      entity('there', { 'label-selector': 'app=a', namespace: 'other' }),
      entity('us', { 'label-selector': 'app=a', cluster: 'us' }),
      entity('any', { 'label-selector': 'app' }),
      entity('rest', { 'label-selector': 'tier!=web', namespace: 'shop' }),
      entity('greedy', { 'label-selector': 'tier!=web' }),
      entity('broken', { 'label-selector': 'app=a=b' }),
    ];
    const { links, logger } = setup(claims);
    expect(links(object({ labels: { app: 'a' } }))).toEqual([
      'component:default/all claim',
      'component:default/any claim',
      'component:default/here claim',
      'component:default/rest claim',
    ]);
    expect(links(object({ labels: { tier: 'web' } }))).toEqual([]);
    const { calls } = jest.mocked(logger.info).mock;
    expect(calls.map(([message]) => message)).toEqual([
      expect.stringContaining('component:default/greedy: annotation'),
      expect.stringContaining('"app=a=b" is no term of a label selector'),
    ]);
  });

  it('proves claims by configuration, bounds them, and marks what lies elsewhere', () => {
    const entities = [
      entity('mine', { 'label-selector': 'app=a' }),
      entity('theirs', { 'label-selector': 'app=a' }, { ownerRefs: [] }),
      entity('id', { id: 'id' }),
    ];
    const namespaces = [
      { owner: 'team', cluster: 'eu', namespaces: ['shop-*'] },
    ];
    const labels = { app: 'a', 'backstage.io/kubernetes-id': 'id' };
    const inside = object({ labels, namespace: 'shop-eu' });
    const outside = object({ labels, namespace: 'bank' });
    const elsewhere = { ...inside, cluster: 'us' };

    const show = setup(entities, { correlation: { namespaces } });
    expect(show.links(inside)).toEqual([
      'component:default/id object',
      'component:default/mine config',
      'component:default/theirs claim',
    ]);
    const unexpected = [
      'component:default/id object unexpected',
      'component:default/mine claim unexpected',
      'component:default/theirs claim',
    ];
    expect(show.links(outside)).toEqual(unexpected);
    expect(show.links(elsewhere)).toEqual(unexpected);

    const bounded = setup(entities, {
      correlation: { namespaces, claims: 'bounded' },
    });
    expect(bounded.links(inside)).toEqual([
      'component:default/id object',
      'component:default/mine config',
    ]);
    expect(bounded.links(outside)).toEqual([
      'component:default/id object unexpected',
    ]);
  });

  it('inherits through owners with their proof, the strongest of several, and not past a name', () => {
    const { links } = setup([
      entity('a', { id: 'a', 'label-selector': 'app=a' }),
      entity('b', { id: 'b' }),
    ]);
    const owner = withId('b');
    const workload = object({
      labels: { 'backstage.io/kubernetes-id': 'a' },
      through: [owner],
    });
    const claimed = object({ labels: { app: 'a' } });
    expect(links({ ...claimed, through: [] })).toEqual([
      'component:default/a claim',
    ]);
    expect(links({ ...claimed, through: [workload] })).toEqual([
      'component:default/a object',
      'component:default/b object',
    ]);
    const named = {
      ...workload,
      annotations: { 'day2ops.io/entity': 'component:default/a' },
    };
    expect(links(object({ through: [named] }))).toEqual([
      'component:default/a object',
    ]);

    const loop: { through: CorrelationTarget[] } & CorrelationTarget = {
      ...claimed,
      through: [],
    };
    loop.through.push(loop, { ...owner, through: [loop] });
    expect(links(loop)).toHaveLength(2);
  });

  it('finds the environment on the object, its owners, its namespace, its cluster', () => {
    const { correlator } = setup([], {
      clusters: [{ name: 'eu', environment: 'production' }],
      environments: [
        { namespace: '*-dev', environment: 'dev' },
        { namespace: 'shop-*', environment: 'staging' },
      ],
    });
    const environment = (rest: Partial<CorrelationTarget>) =>
      correlator.environment(object(rest));
    const label = { 'day2ops.io/environment': 'qa' };
    expect(environment({})).toBe('production');
    expect(environment({ cluster: 'us' })).toBe('default');
    expect(environment({ namespace: undefined })).toBe('production');
    expect(environment({ namespace: 'shop-dev' })).toBe('dev');
    expect(environment({ namespace: 'shop-x' })).toBe('staging');
    expect(environment({ namespace: 'shop-x', labels: label })).toBe('qa');
    expect(environment({ through: [object({ annotations: label })] })).toBe(
      'qa',
    );
    expect(
      environment({ labels: { 'day2ops.io/environment': '<b>Prod</b>' } }),
    ).toBe('production');
  });

  it('says which objects to ask again, and nothing when claims did not change', () => {
    const before = entity('a', { id: 'a' });
    const { correlator, change, links, listeners } = setup([before]);
    const told: ((target: CorrelationTarget) => boolean)[] = [];
    const unsubscribe = correlator.subscribe(({ mayAffect }) =>
      told.push(mayAffect),
    );
    change(before, { ...before, labels: { tier: 'x' } });
    expect(told).toEqual([]);

    const after = {
      ...before,
      annotations: { 'backstage.io/kubernetes-id': 'b' },
    };
    change(before, after);
    expect(told).toHaveLength(1);
    expect(told[0](withId('a'))).toBe(true);
    expect(told[0](object({ through: [withId('b')] }))).toBe(true);
    expect(told[0](withId('c'))).toBe(false);
    expect(links(withId('a'))).toEqual([]);
    expect(links(withId('b'))).toEqual(['component:default/a object']);

    change(after, undefined);
    expect(links(withId('b'))).toEqual([]);
    unsubscribe();
    change(undefined, before);
    expect(told).toHaveLength(2);
    expect(links(withId('a'))).toEqual(['component:default/a object']);
    correlator.stop();
    expect(listeners.size).toBe(0);
  });

  it('tells once for all pages of a change', () => {
    const [a, b] = [entity('a', { id: 'a' }), entity('b', { id: 'b' })];
    const { correlator, change, links } = setup([]);
    const told: ((target: CorrelationTarget) => boolean)[] = [];
    correlator.subscribe(({ mayAffect }) => told.push(mayAffect));
    change(undefined, a, true);
    expect(links(withId('a'))).toHaveLength(1);
    change(undefined, b, true);
    expect(told).toEqual([]);
    change(undefined, undefined);
    expect(told).toHaveLength(1);
    expect(told[0](withId('a')) && told[0](withId('b'))).toBe(true);
    change(undefined, undefined);
    expect(told).toHaveLength(1);
  });

  it('finds by its index what running every selector against every object finds', () => {
    const words = ['a', 'b', 'c'];
    const word = fc.constantFrom(...words);
    const key = fc.constantFrom('app', 'tier', 'zone');
    const term = fc.oneof(
      fc.tuple(key, word).map(([k, v]) => `${k}=${v}`),
      fc.tuple(key, word).map(([k, v]) => `${k}!=${v}`),
      fc
        .tuple(
          key,
          fc.constantFrom('in', 'notin'),
          fc.uniqueArray(word, { minLength: 1 }),
        )
        .map(([k, operator, values]) => `${k} ${operator} (${values})`),
      key,
      key.map(k => `!${k}`),
    );
    const claim = fc.record({
      selector: fc.array(term, { minLength: 1, maxLength: 3 }).map(String),
      // Always bound, so that every selector can be filed.
      namespace: word,
    });
    const target = fc.record({
      namespace: word,
      labels: fc.dictionary(key, word),
    });
    fc.assert(
      fc.property(
        fc.array(claim, { maxLength: 8 }),
        claim,
        fc.array(target, { maxLength: 8 }),
        (claims, changed, targets) => {
          const toEntity = (
            { selector, namespace }: { selector: string; namespace: string },
            index: number,
          ) =>
            entity(
              `e${index}`,
              { 'label-selector': selector, namespace },
              { id: index },
            );
          const entities = claims.map(toEntity);
          const { correlator, change } = setup(entities);
          const find = () =>
            targets.map(rest =>
              correlator.links(object(rest)).map(l => l.entityId),
            );
          const expected = (all: typeof claims) =>
            targets.map(({ namespace, labels }) =>
              all.flatMap((one, index) =>
                one.namespace === namespace &&
                matchesSelector(parseSelector(one.selector), labels)
                  ? index
                  : [],
              ),
            );
          const first = find();
          expect(first).toEqual(expected(claims));

          let mayAffect: (of: CorrelationTarget) => boolean = () => false;
          correlator.subscribe(told => {
            mayAffect = told.mayAffect;
          });
          change(entities[0], toEntity(changed, 0));
          const second = find();
          expect(second).toEqual(expected([changed, ...claims.slice(1)]));
          const overlooked = targets.filter(
            (rest, index) =>
              String(first[index]) !== String(second[index]) &&
              !mayAffect(object(rest)),
          );
          expect(overlooked).toEqual([]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
