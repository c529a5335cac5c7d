import { dirname, join } from 'node:path';

/** Where a sandbox keeps its things and listens. */
export interface Settings {
  /** `credentials.json`, `kubeconfig` and `catalog/`. */
  dir: string;
  ports: { production: number; staging: number; admin: number };
}

function portOf(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
): number {
  const text = env[name];
  if (text === undefined || text === '') return otherwise;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new Error(`${name} must be a port from 1 to 65535, not ${text}`);
}

/** Reads `DAY2_HOME`, `DAY2_SANDBOX_PORT`, `DAY2_SANDBOX_STAGING_PORT` and `DAY2_SANDBOX_ADMIN_PORT`. */
export function readSettings(
  env: Readonly<Record<string, string | undefined>>,
): Settings {
  const root = join(dirname(require.resolve('sandbox/package.json')), '../..');
  const home = env.DAY2_HOME ?? join(root, '.day2');
  const production = portOf(env, 'DAY2_SANDBOX_PORT', 6443);
  return {
    dir: join(home, 'sandbox'),
    ports: {
      production,
      staging: portOf(env, 'DAY2_SANDBOX_STAGING_PORT', production + 1),
      admin: portOf(env, 'DAY2_SANDBOX_ADMIN_PORT', 6440),
    },
  };
}
