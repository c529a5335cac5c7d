import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { ensureCredentials } from './credentials';
import { companyEntities } from './entities';
import { writeKubeconfig } from './kubeconfig';
import { writeCatalog } from './writeCatalog';

describe('what the sandbox keeps', () => {
  // Two RSA keys take a slow machine seconds.
  jest.setTimeout(60_000);
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  });
  afterEach(() => rm(dir, { recursive: true }));

  it('makes credentials once, for the owner alone, and refuses a file that is something else', async () => {
    const made = await ensureCredentials({ dir });
    expect(await ensureCredentials({ dir })).toEqual(made);
    const path = join(dir, 'credentials.json');
    expect((await stat(path)).mode % 0o1000).toBe(0o600);
    expect(new Set(Object.values(made.tokens)).size).toBe(3);
    await writeFile(path, '{"tokens":{}}');
    await expect(ensureCredentials({ dir })).rejects.toThrow(
      /credentials\.json is not what the sandbox writes; delete it/,
    );
  });

  it('writes a kubeconfig with a context for each cluster', async () => {
    const credentials = await ensureCredentials({ dir });
    const path = join(dir, 'kubeconfig');
    await writeKubeconfig(path, {
      credentials,
      urls: {
        production: 'https://127.0.0.1:1',
        staging: 'https://127.0.0.1:2',
      },
    });
    expect((await stat(path)).mode % 0o1000).toBe(0o600);
    expect(parse(await readFile(path, 'utf8'))).toMatchObject({
      'current-context': 'production',
      contexts: [{ name: 'production' }, { name: 'staging' }],
      users: [{ user: { token: credentials.tokens.admin } }],
    });
  });

  it('writes the catalog as it is', async () => {
    const paths = await writeCatalog(join(dir, 'catalog'));
    expect(paths.map(path => path.split('/').slice(-1)[0])).toEqual([
      'org.yaml',
      'systems.yaml',
      'components.yaml',
    ]);
    const read: unknown[] = [];
    for (const path of paths) {
      const documents = parseAllDocuments(await readFile(path, 'utf8'));
      for (const document of documents) read.push(document.toJS());
    }
    expect(read).toEqual(companyEntities());
  });
});
