import { KindDefinition } from '@day2ops/backstage-plugin-day2-node';
import { KindTable, RecordChange } from './KindTable';
import { RecordStore } from './RecordStore';

const definition = (kind: string, group = ''): KindDefinition => ({
  group,
  kind,
  plural: `${kind.toLowerCase()}s`,
  versions: ['v1'],
  namespaced: true,
  keepLabels: () => true,
  keepAnnotations: ['kept'],
  prune: (each: any) => ({
    phase: each.status?.phase,
    nested: { list: ['same', { deep: 'same' }] },
  }),
});

function object(
  name: string,
  extra: {
    uid?: string;
    version?: string;
    owner?: string;
    phase?: string;
    namespace?: string;
  } = {},
) {
  const { uid = `uid-${name}`, version = '1', owner, phase = 'Up' } = extra;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      namespace: extra.namespace ?? 'shop',
      uid,
      resourceVersion: version,
      creationTimestamp: '2026-11-21T12:00:00Z',
      labels: { app: 'web' },
      annotations: { kept: 'yes', secret: 'no' },
      ownerReferences: owner
        ? [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'r', uid: owner }]
        : undefined,
    },
    spec: { env: [{ value: 'secret' }] },
    status: { phase },
  };
}

function setUp() {
  const changes: RecordChange[] = [];
  const store = new RecordStore({
    definitions: [definition('Pod'), definition('ReplicaSet', 'apps')],
    onChange: change => changes.push(change),
    readability: () => 'synced',
  });
  const put = (table: KindTable, each: ReturnType<typeof object>) =>
    table.apply(table.read(each), { late: false });
  return { store, changes, put, pods: store.table('Pod')! };
}

describe('RecordStore', () => {
  it('finds records by name, UID, owner and namespace, also after they moved', () => {
    const { store, pods, put } = setUp();
    put(pods, object('a', { owner: 'r1' }));
    put(pods, object('b', { owner: 'r1' }));
    put(pods, object('c', { namespace: 'other' }));
    const names = (records: Iterable<{ head: { name: string } }>) =>
      [...records].map(({ head }) => head.name).sort();
    expect(store.get('Pod', 'shop', 'a')?.head.uid).toBe('uid-a');
    expect(store.byUid('uid-b')?.head.name).toBe('b');
    expect(names(store.ownedBy('Pod', 'r1'))).toEqual(['a', 'b']);
    expect(names(store.inNamespace('Pod', 'shop'))).toEqual(['a', 'b']);
    expect(names(store.all('Pod'))).toEqual(['a', 'b', 'c']);
    put(pods, object('a', { owner: 'r2', version: '2' }));
    pods.remove('uid-b', { late: false });
    expect(names(store.ownedBy('Pod', 'r1'))).toEqual([]);
    expect(names(store.ownedBy('Pod', 'r2'))).toEqual(['a']);
    expect(store.byUid('uid-b')).toBeUndefined();
    expect(store.get('Pod', 'shop', 'b')).toBeUndefined();
    expect(store.readability('Pod')).toBe('synced');
    expect(store.readability('Secret')).toBe('absent');
    expect(names(store.all('Secret'))).toEqual([]);
  });

  it('keeps the head, what the kind prunes, and nothing else', () => {
    const { store, pods, put } = setUp();
    put(pods, object('a'));
    const record = store.byUid('uid-a');
    expect(record?.head).toEqual({
      apiVersion: 'v1',
      group: '',
      kind: 'Pod',
      namespace: 'shop',
      name: 'a',
      uid: 'uid-a',
      generation: undefined,
      createdAt: Date.parse('2026-11-21T12:00:00Z'),
      deletedAt: undefined,
      deletionGraceSeconds: undefined,
      finalizers: 0,
      labels: { app: 'web' },
      annotations: { kept: 'yes' },
      owners: [],
    });
    expect(JSON.stringify(record)).not.toContain('secret');
  });

  it('tells of what changed, once, and of nothing that did not', () => {
    const { changes, pods, put } = setUp();
    put(pods, object('a'));
    put(pods, object('a', { version: '2' }));
    put(pods, object('a', { version: '3', phase: 'Down' }));
    pods.remove('uid-a', { late: true });
    pods.remove('uid-a', { late: true });
    expect(
      changes.map(({ before, after, late }) => [
        (before?.fields as { phase?: string })?.phase,
        (after?.fields as { phase?: string })?.phase,
        late,
      ]),
    ).toEqual([
      [undefined, 'Up', false],
      ['Up', 'Down', false],
      ['Down', undefined, true],
    ]);
    expect(pods.size).toBe(0);
  });

  it('shares equal parts between records', () => {
    const { store, pods, put } = setUp();
    put(pods, object('a', { owner: 'r1' }));
    put(pods, object('b', { owner: 'r1' }));
    const [a, b] = store.ownedBy<{ nested: object }>('Pod', 'r1');
    expect(a.fields.nested).toBe(b.fields.nested);
    expect(a.head.owners).toBe(b.head.owners);
  });
});
