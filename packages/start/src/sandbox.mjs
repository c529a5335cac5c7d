import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { isReady } from './http.mjs';
import { Problem } from './Problem.mjs';
import { waitUntil } from './ready.mjs';

const START_TIMEOUT_MS = 60_000;

/**
 * The credentials that the sandbox keeps in its folder; undefined until it has made them.
 *
 * @returns {Promise<{ caPem: string, tokens: { reader: string } } | undefined>}
 */
async function readCredentials(folder) {
  const file = path.join(folder, 'credentials.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) {
    return undefined;
  }
  const credentials = JSON.parse(text);
  if (!credentials.caPem || !credentials.tokens?.reader) {
    throw new Problem(
      `${file} is not what the sandbox writes.`,
      `Delete ${folder}; the next start makes it anew.`,
    );
  }
  return credentials;
}

/**
 * Waits until both clusters of the sandbox answer with the credentials that it keeps.
 *
 * @returns {Promise<Record<string, string>>} what app-config.yaml substitutes
 */
export async function waitForSandbox({ folder, ports, signal }) {
  const answer = await waitUntil(
    async () => {
      const credentials = await readCredentials(folder);
      if (!credentials) {
        return 'it has made no credentials';
      }
      const { caPem: ca, tokens } = credentials;
      for (const port of [ports.sandbox, ports.staging]) {
        if (!(await isReady({ port, ca, token: tokens.reader }))) {
          return `nothing answers at https://localhost:${port}/readyz`;
        }
      }
      return true;
    },
    { timeoutMs: START_TIMEOUT_MS, signal },
  );
  if (answer !== true) {
    throw new Problem(
      `The sandbox did not start: ${answer}.`,
      'Its log says why.',
    );
  }
  const { caPem, tokens } = await readCredentials(folder);
  return {
    DAY2_SANDBOX_CA_DATA: Buffer.from(caPem).toString('base64'),
    DAY2_SANDBOX_TOKEN: tokens.reader,
  };
}
