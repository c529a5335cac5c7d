import { mergePatch } from './mergePatch';
import { strategicMerge } from './strategicMerge';

describe('strategicMerge', () => {
  const target = {
    spec: {
      replicas: 1,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1 } },
      containers: [
        { name: 'main', image: 'a:1', args: ['x', 'y'] },
        { name: 'side', image: 's:1', env: [{ name: 'A', value: '1' }] },
      ],
      tolerations: [{ key: 'a' }],
    },
    metadata: { finalizers: ['one', 'two'] },
  };

  it('merges lists by their keys and replaces the others', () => {
    const result = strategicMerge(target, {
      spec: {
        containers: [
          { name: 'side', env: [{ name: 'B', value: '2' }] },
          { name: 'new', image: 'n:1' },
          { name: 'main', args: ['z'] },
        ],
        tolerations: [{ key: 'b' }],
      },
    });

    expect(result).toMatchObject({
      spec: {
        replicas: 1,
        containers: [
          { name: 'main', image: 'a:1', args: ['z'] },
          {
            name: 'side',
            image: 's:1',
            env: [
              { name: 'A', value: '1' },
              { name: 'B', value: '2' },
            ],
          },
          { name: 'new', image: 'n:1' },
        ],
        tolerations: [{ key: 'b' }],
      },
    });
    expect(target.spec.containers[0].args).toEqual(['x', 'y']);
  });

  it('follows its directives', () => {
    const result = strategicMerge(target, {
      spec: {
        $setElementOrder: [],
        '$setElementOrder/containers': [{ name: 'new' }, { name: 'main' }],
        containers: [
          { name: 'side', $patch: 'delete' },
          { name: 'new', image: 'n:1' },
        ],
        strategy: { type: 'Recreate', $retainKeys: ['type'] },
        replicas: null,
      },
      metadata: { '$deleteFromPrimitiveList/finalizers': ['one'] },
    });

    expect(result).toEqual({
      spec: {
        strategy: { type: 'Recreate' },
        containers: [
          { name: 'new', image: 'n:1' },
          { name: 'main', image: 'a:1', args: ['x', 'y'] },
        ],
        tolerations: [{ key: 'a' }],
      },
      metadata: { finalizers: ['two'] },
    });
  });

  it('refuses an element without its key', () => {
    expect(() =>
      strategicMerge(target, { spec: { containers: [{ image: 'x' }] } }),
    ).toThrow('does not contain declared merge key: name');
  });
});

describe('mergePatch', () => {
  it('replaces lists, drops nulls and leaves prototypes alone', () => {
    const patch = JSON.parse('{"a":{"b":null,"c":[1]},"__proto__":{"x":1}}');
    const result = mergePatch({ a: { b: 1, d: 2 } }, patch);

    expect(JSON.stringify(result)).toBe(
      '{"a":{"d":2,"c":[1]},"__proto__":{"x":1}}',
    );
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});
