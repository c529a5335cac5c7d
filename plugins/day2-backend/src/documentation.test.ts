import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { day2Permissions } from '@day2ops/backstage-plugin-day2-common';
import { ConfigReader } from '@backstage/config';
import ts from 'typescript';
import { kindName } from '@day2ops/backstage-plugin-day2-node';
import { parse } from 'yaml';
import { readDay2Config } from './config/readDay2Config';
import { clusterRoleOf } from './engine';
import { routes } from './http/openapi/routes';
import { createMetrics } from './metrics/createMetrics';
import { builtInSources } from './sources';

const root = resolve(__dirname, '../../..');
const docs = join(root, 'packages/docs/docs');

/** First cells of the tables of a page, without their back-ticks. */
function firstCells(page: string): string[] {
  const text = readFileSync(join(docs, page), 'utf8');
  return Array.from(text.matchAll(/^\| `([^`]+)` +\|/gm), match => match[1]);
}

/** `a.b[].c` of everything that config.d.ts declares and that holds a value. */
function declaredKeys(): string[] {
  const file = join(root, 'plugins/day2-backend/config.d.ts');
  const source = ts.createSourceFile(
    file,
    readFileSync(file, 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  );
  return source.statements
    .filter(ts.isInterfaceDeclaration)
    .flatMap(({ members }) => members.flatMap(member => keysOf(member, '')))
    .map(key =>
      key.replace(/^\./, '').replace(/phases\.\w+/, 'phases.<health>'),
    );
}

function keysOf(member: ts.TypeElement, path: string): string[] {
  if (ts.isPropertySignature(member)) {
    return keysIn(member.type!, `${path}.${member.name.getText()}`);
  }
  if (!ts.isIndexSignatureDeclaration(member)) {
    return [];
  }
  const name = member.parameters[0].name.getText();
  // A source's own settings stand on the page of the source.
  return name === 'setting' ? [] : keysIn(member.type, `${path}.<${name}>`);
}

function keysIn(type: ts.TypeNode, path: string): string[] {
  if (ts.isTypeLiteralNode(type)) {
    return type.members.flatMap(member => keysOf(member, path));
  }
  if (ts.isArrayTypeNode(type)) {
    return keysIn(type.elementType, `${path}[]`);
  }
  const isArray =
    ts.isTypeReferenceNode(type) && type.typeName.getText() === 'Array';
  return isArray ? keysIn(type.typeArguments![0], `${path}[]`) : [path];
}

describe('documentation', () => {
  it('lists every configuration key, and no other', () => {
    expect(firstCells('configuration.md').sort()).toEqual(
      [...new Set(declaredKeys())].sort(),
    );
  });

  it('lists every route, and no other', () => {
    expect(firstCells('api.md').sort()).toEqual(
      routes.map(({ path }) => `GET ${path}`).sort(),
    );
  });

  it.each(builtInSources.map(source => [source.id, source] as const))(
    'lists every kind of source %s and its ClusterRole, and no other',
    (id, source) => {
      const page = `sources/${id}.md`;
      expect(firstCells(page).sort()).toEqual(
        source.kinds.map(kindName).sort(),
      );
      const text = readFileSync(join(docs, page), 'utf8');
      const yaml = /```yaml\n(.*?)```/s.exec(text)?.[1] ?? '';
      expect(parse(yaml)).toEqual(
        clusterRoleOf(source, { events: true, logs: true }),
      );
    },
  );

  it('shows the TaskRuns of the demo as the demo configures them', () => {
    const page = readFileSync(
      join(docs, 'sources/configured-kinds.md'),
      'utf8',
    );
    const snippet = parse(/```yaml\n(.*?)```/s.exec(page)?.[1] ?? '');
    const demo = parse(readFileSync(join(root, 'app-config.yaml'), 'utf8'));
    expect(snippet.day2.kinds).toEqual(demo.day2.kinds);
    expect(readDay2Config(new ConfigReader(snippet)).kinds).toMatchObject([
      { group: 'orchestrator.io', kind: 'TaskRun', versions: ['v1'] },
    ]);
  });

  it('lists every permission, and no other', () => {
    expect(firstCells('permissions.md').sort()).toEqual(
      day2Permissions.map(({ name }) => name).sort(),
    );
  });

  it('lists every metric with its type and labels, and no other', async () => {
    const { registry } = createMetrics({ process: false });
    const metrics = registry.getMetricsAsArray() as unknown as {
      name: string;
      type: string;
      labelNames: string[];
    }[];
    const rows = metrics.map(({ name, type, labelNames }) => [
      name,
      type,
      ...labelNames.filter(label => label !== 'le'),
    ]);
    const page = readFileSync(join(docs, 'metrics.md'), 'utf8');
    const documented = Array.from(
      page.matchAll(/^\| `(\w+)` +\| (\w+) +\| ([^|]*)\|/gm),
      ([, name, type, labels]) => [
        name,
        type,
        ...Array.from(labels.matchAll(/`(\w+)`/g), label => label[1]),
      ],
    );
    expect(documented.sort()).toEqual(rows.sort());
  });
});
