import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { companyFiles } from './entities';

/** Writes `org.yaml`, `systems.yaml` and `components.yaml` into `dir`, which is made when absent; returns their paths. */
export async function writeCatalog(dir: string): Promise<string[]> {
  await mkdir(dir, { recursive: true });
  const paths: string[] = [];
  for (const [name, entities] of Object.entries(companyFiles())) {
    const path = join(dir, `${name}.yaml`);
    const text = entities.map(entity => stringify(entity)).join('---\n');
    await writeFile(path, text);
    paths.push(path);
  }
  return paths;
}
