import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = path.resolve(fileURLToPath(import.meta.url), '../../../..');

/** Node and Yarn, shared by every start from this checkout. */
export const toolFolder = path.join(root, '.day2/tool');

/** What a running portal keeps: database, credentials, logs, generated configuration. `DAY2_HOME` moves it. */
export function homeFolder(env = process.env) {
  return path.resolve(root, env.DAY2_HOME ?? '.day2');
}
