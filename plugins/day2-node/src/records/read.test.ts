import { at, count, flag, list, map, moment, text, texts } from './read';
import { readHead } from './readHead';

describe('readers', () => {
  it('reads own properties along a path, and no prototype', () => {
    const object = { a: { b: [{ c: 1 }], none: null } };
    expect(at(object, 'a', 'b')).toEqual([{ c: 1 }]);
    expect(at(object, 'a', 'none')).toBeUndefined();
    expect(at(object, 'a', 'b', '0')).toBeUndefined();
    expect(at(object, 'constructor')).toBeUndefined();
    expect(at('text', 'length')).toBeUndefined();
    expect(at(JSON.parse('{"__proto__": {"x": 1}}'), 'x')).toBeUndefined();
  });

  it('takes texts that are not empty, whole characters only', () => {
    expect(text('name')).toBe('name');
    expect(text('')).toBeUndefined();
    expect(text(7)).toBeUndefined();
    expect(text('x'.repeat(300))).toHaveLength(253);
    expect(text('ab😀', 3)).toBe('ab');
    expect(text('a\uD800b')).toBe('a\uFFFDb');
  });

  it('takes whole numbers of things', () => {
    expect([0, 3, -1, 1.5, NaN, '3', 2 ** 60].map(count)).toEqual([
      0,
      3,
      ...Array(5).fill(undefined),
    ]);
    expect([true, false, 'true', 1].map(flag)).toEqual([
      true,
      false,
      undefined,
      undefined,
    ]);
  });

  it('takes RFC 3339 times, and no zero values', () => {
    expect(moment('2026-11-21T03:07:00Z')).toBe(Date.UTC(2026, 10, 21, 3, 7));
    expect(moment('2026-11-21T04:07:00.5+01:00')).toBe(
      Date.UTC(2026, 10, 21, 3, 7, 0, 500),
    );
    for (const odd of [
      '0001-01-01T00:00:00Z',
      '2026-13-01T00:00:00Z',
      'yesterday',
      1763694420,
      null,
    ]) {
      expect(moment(odd)).toBeUndefined();
    }
  });

  it('bounds lists and maps', () => {
    expect(list(Array(5_000).fill(1))).toHaveLength(1_000);
    expect(list({ length: 3 })).toEqual([]);
    expect(map([1])).toEqual({});
    const labels = texts(JSON.parse('{"a": "1", "b": 2, "__proto__": "x"}'));
    expect(Object.entries(labels)).toEqual([
      ['a', '1'],
      ['__proto__', 'x'],
    ]);
  });
});

describe('readHead', () => {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: 'api-1',
      namespace: 'shop',
      uid: 'u1',
      generation: 3,
      creationTimestamp: '2026-11-18T08:00:00Z',
      deletionTimestamp: '2026-11-21T03:00:00Z',
      finalizers: ['a', 'b'],
      labels: { app: 'api', 'backstage.io/kubernetes-id': 'shop-api' },
      annotations: {
        'day2ops.io/entity': 'component:default/api',
        'kubectl.kubernetes.io/last-applied-configuration': 'secret',
        wanted: 'yes',
      },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: 'api',
          uid: 'd1',
          controller: true,
        },
        { kind: 7 },
      ],
    },
  };

  it('keeps names, times and owners, and of annotations only what is named', () => {
    expect(
      readHead(object, { keepLabels: true, keepAnnotations: ['wanted'] }),
    ).toEqual({
      apiVersion: 'apps/v1',
      group: 'apps',
      kind: 'ReplicaSet',
      namespace: 'shop',
      name: 'api-1',
      uid: 'u1',
      generation: 3,
      createdAt: Date.UTC(2026, 10, 18, 8),
      deletedAt: Date.UTC(2026, 10, 21, 3),
      deletionGraceSeconds: undefined,
      finalizers: 2,
      finalizerNames: ['a', 'b'],
      labels: { app: 'api', 'backstage.io/kubernetes-id': 'shop-api' },
      annotations: {
        'day2ops.io/entity': 'component:default/api',
        wanted: 'yes',
      },
      owners: [
        {
          group: 'apps',
          kind: 'Deployment',
          name: 'api',
          uid: 'd1',
          controller: true,
        },
      ],
    });
  });

  it('keeps the labels that Day 2 reads where a kind keeps none', () => {
    expect(readHead(object)?.labels).toEqual({
      'backstage.io/kubernetes-id': 'shop-api',
    });
  });

  it('knows what is no object, and what a list says for its items', () => {
    expect(readHead({ kind: 'Pod', metadata: { name: 'x' } })).toBeUndefined();
    expect(readHead({ apiVersion: 'v1', kind: 'Pod' })).toBeUndefined();
    expect(
      readHead({ metadata: { name: 'x' } }, { apiVersion: 'v1', kind: 'Pod' }),
    ).toMatchObject({ kind: 'Pod', group: '', uid: '', owners: [] });
  });
});
