import { createRequire } from 'node:module';
import path from 'node:path';
import { root } from './folders.mjs';

/** Arguments for Node that let it run the TypeScript of this repository, as `backstage-cli package start` does. */
export function typescriptArgs() {
  const require = createRequire(path.join(root, 'package.json'));
  const cli = require.resolve('@backstage/cli/package.json');
  return [
    '--enable-source-maps',
    '--require',
    createRequire(cli).resolve('@backstage/cli-node/config/nodeTransform.cjs'),
  ];
}

/** Environment that goes with `typescriptArgs`. */
export const typescriptEnv = {
  NODE_ENV: 'development',
  ESBK_TSCONFIG_PATH: path.join(root, 'tsconfig.json'),
};
