import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Health, healths } from '@day2ops/backstage-plugin-day2-common';
import { parseAllDocuments } from 'yaml';
import { map } from '../records/read';
import { UntrustedObject } from '../records/types';
import { Source } from '../sources/types';
import { JudgedObject, judgeObjects } from '../status/judgeObjects';

/**
 * A file `<Kind>/__fixtures__/<health>_<why>.yaml`: the object that it is about first, then what is related to it. A
 * comment `# now: <RFC 3339>` at the top says when it is judged.
 *
 * @public
 */
export interface Fixture {
  kind: string;
  name: string;
  health: Health;
  now: number;
  objects: UntrustedObject[];
}

/** When a fixture does not say: the moment of the mock-ups. */
const DEFAULT_NOW = '2026-11-21T03:07:00Z';

/**
 * Reads the fixtures below a source's folder.
 *
 * @throws Error for a file that is no YAML or whose name starts with no health
 * @public
 */
export function readFixtures(sourceFolder: string): Fixture[] {
  const fixtures: Fixture[] = [];
  for (const kind of kindFolders(sourceFolder)) {
    const folder = path.join(sourceFolder, kind, '__fixtures__');
    for (const file of listFolder(folder)) {
      if (file.endsWith('.yaml')) {
        const name = path.basename(file, '.yaml');
        fixtures.push(readFixture(sourceFolder, { kind, name }));
      }
    }
  }
  return fixtures;
}

/**
 * Folders of kinds: those named as Kubernetes names kinds. Others hold what kinds share.
 *
 * @public
 */
export function kindFolders(sourceFolder: string): string[] {
  return listFolder(sourceFolder).filter(name => /^[A-Z][A-Za-z]*$/.test(name));
}

function listFolder(folder: string): string[] {
  try {
    return readdirSync(folder).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

/**
 * Reads one fixture of a source's folder.
 *
 * @throws Error for a file that is not there or no YAML, or whose name starts with no health
 * @public
 */
export function readFixture(
  sourceFolder: string,
  options: { kind: string; name: string },
): Fixture {
  const { kind, name } = options;
  const file = path.join(sourceFolder, kind, '__fixtures__', `${name}.yaml`);
  const content = readFileSync(file, 'utf8');
  const health = healths.find(entry => name.startsWith(`${entry}_`));
  if (!health) {
    throw new Error(`Fixture ${file} is not named <health>_<why>.yaml`);
  }
  const now = /^# now: (\S+)$/m.exec(content)?.[1] ?? DEFAULT_NOW;
  const objects = parseAllDocuments(content).map(document => {
    if (document.errors?.length) {
      throw new Error(`Fixture ${file}: ${document.errors[0].message}`);
    }
    return map(document.toJS());
  });
  return { kind, name, health, now: Date.parse(now), objects };
}

/**
 * Judges the object that a fixture is about, with what is related to it.
 *
 * @throws Error when the first document is no Kubernetes object
 * @public
 */
export function judgeFixture(fixture: Fixture, source: Source): JudgedObject {
  const { objects, now } = fixture;
  const [judged] = judgeObjects(objects, { sources: [source], now });
  if (!judged) {
    throw new Error(`Fixture ${fixture.name} does not start with an object`);
  }
  return judged;
}
