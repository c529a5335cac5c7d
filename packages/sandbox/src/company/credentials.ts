import {
  chmod,
  mkdir,
  readFile,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificates } from '../certificates';
import { createCertificates, createToken } from '../certificates';
import { isRecord } from '../cluster/json';

/** Bearer tokens: of the cluster's reader, of its administrator, and of the sandbox's own admin API. */
export interface SandboxTokens {
  reader: string;
  admin: string;
  adminApi: string;
}

/** What the sandbox proves itself with, and what its visitors do. PEM texts and tokens. */
export interface Credentials extends Certificates {
  tokens: SandboxTokens;
}

const FILE = 'credentials.json';

export function createCredentials(): Credentials {
  return {
    ...createCertificates(),
    tokens: {
      reader: createToken(),
      admin: createToken(),
      adminApi: createToken(),
    },
  };
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0;
}

function parse(text: string, path: string): Credentials {
  const value: unknown = JSON.parse(text);
  if (isRecord(value) && isRecord(value.tokens)) {
    const { caPem, keyPem, certPem, tokens } = value;
    const { reader, admin, adminApi } = tokens;
    if (
      isText(caPem) &&
      isText(keyPem) &&
      isText(certPem) &&
      isText(reader) &&
      isText(admin) &&
      isText(adminApi)
    ) {
      return { caPem, keyPem, certPem, tokens: { reader, admin, adminApi } };
    }
  }
  throw new Error(
    `${path} is not what the sandbox writes; delete it, and it is made anew`,
  );
}

function isMissing(error: unknown): boolean {
  return isRecord(error) && error.code === 'ENOENT';
}

/** The credentials kept in `dir`. Throws when there are none, or when the file holds something else. */
export async function readCredentials(options: {
  dir: string;
}): Promise<Credentials> {
  const path = join(options.dir, FILE);
  return parse(await readFile(path, 'utf8'), path);
}

/**
 * The credentials kept in `dir/credentials.json`, made when there are none; only the owner may read them. Throws when the
 * file holds something else.
 */
export async function ensureCredentials(options: {
  dir: string;
}): Promise<Credentials> {
  const { dir } = options;
  const path = join(dir, FILE);
  try {
    const kept = await readCredentials(options);
    await chmod(path, 0o600);
    return kept;
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  const made = createCredentials();
  await mkdir(dir, { recursive: true });
  // A reader sees all of it or nothing.
  const draft = `${path}.${process.pid}`;
  try {
    await writeFile(draft, `${JSON.stringify(made, undefined, 2)}\n`, {
      mode: 0o600,
    });
    await rename(draft, path);
  } finally {
    await rm(draft, { force: true });
  }
  return made;
}
