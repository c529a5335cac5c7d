import { parseDocuments } from './parseDocuments';

describe('parseDocuments', () => {
  it('reads YAML documents in order and skips empty ones', () => {
    expect(
      parseDocuments(
        '---\n# nothing\n---\nkind: A\n---\nkind: B\nx: 2026-01-01T00:00:00Z\n---\n',
      ),
    ).toEqual([{ kind: 'A' }, { kind: 'B', x: '2026-01-01T00:00:00Z' }]);
    expect(parseDocuments('')).toEqual([]);
  });

  it('reads JSON: one object, and one a line', () => {
    expect(parseDocuments('{"kind": "A",\n "x": 1}')).toEqual([
      { kind: 'A', x: 1 },
    ]);
    expect(parseDocuments('{"kind":"A"}\n{"kind":"B"}\n')).toEqual([
      { kind: 'A' },
      { kind: 'B' },
    ]);
  });

  it('unfolds lists, typed and nested ones too', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [
        { kind: 'A' },
        {
          apiVersion: 'apps/v1',
          kind: 'DeploymentList',
          items: [{ metadata: {} }],
        },
      ],
    };
    expect(parseDocuments(JSON.stringify(list))).toEqual([
      { kind: 'A' },
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: {} },
    ]);
    expect(parseDocuments('kind: List\nitems: []')).toEqual([]);
  });

  it.each([
    ['kind: A\n---\nkind: B\n  x: 1\n', /^document 2, line 3: /],
    ['kind: A\n---\n- 1\n- 2\n', /^document 2, line 3: .*mapping/],
    ['just text', /^document 1, line 1: .*mapping/],
    ['{"kind": "A"', /^document 1, line 1: /],
    ['kind: *nobody\n', /^document 1, line 1: /],
  ])('says where %j cannot be read', (content, message) => {
    expect(() => parseDocuments(content)).toThrow(message);
  });

  it('is not led astray by names of prototypes', () => {
    const [object] = parseDocuments('__proto__: { kind: A }\nkind: B');
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
    expect(object.kind).toBe('B');
  });
});
