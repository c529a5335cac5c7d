import { readFile } from 'node:fs/promises';
import { runCommand } from './runCommand.mjs';

/** What npm says of a key; npm prints `null` and `undefined` for what is not set. */
async function npmConfig(key, cwd) {
  const lines = [];
  const { code } = await runCommand('npm', ['config', 'get', key], {
    cwd,
    onLine: line => lines.push(line),
  });
  const value = lines
    .filter(line => !line.startsWith('npm '))
    .join('')
    .trim();
  return code === 0 && !['', 'null', 'undefined'].includes(value)
    ? value
    : undefined;
}

/**
 * The token for a registry in the text of an .npmrc, with `${VARIABLES}` filled in. `npm config get` refuses to
 * tell tokens.
 */
export function findToken(npmrc, registry, env = process.env) {
  const wanted = registry.replace(/^https?:/, '').replace(/\/*$/, '/');
  for (const line of npmrc.split(/\r?\n/)) {
    const [, key, value] =
      /^\s*(\/\/[^=]+):_authToken\s*=\s*(.*)$/.exec(line) ?? [];
    if (key && wanted === key.replace(/\/*$/, '/')) {
      return value
        .trim()
        .replace(/^"(.*)"$/, '$1')
        .replace(/\$\{(\w+)\}/g, (_, name) => env[name] ?? '');
    }
  }
  return undefined;
}

/**
 * npm's registry, CA and token as Yarn wants them: Yarn does not read .npmrc, and a company's mirror would be lost.
 *
 * @returns {Promise<Record<string, string>>} environment variables for Yarn; what is set already stays
 */
export async function yarnSettings({ cwd, env = process.env }) {
  const [registry, cafile, userconfig] = await Promise.all(
    ['registry', 'cafile', 'userconfig'].map(key => npmConfig(key, cwd)),
  );
  const npmrc = userconfig
    ? await readFile(userconfig, 'utf8').catch(() => '')
    : '';
  const token = registry && findToken(npmrc, registry, env);
  return Object.fromEntries(
    Object.entries({
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_HTTPS_CA_FILE_PATH: cafile,
      YARN_NPM_AUTH_TOKEN: token,
    }).filter(([name, value]) => value && !env[name]),
  );
}
