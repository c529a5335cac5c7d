import { createHash } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './folders.mjs';
import { yarnSettings } from './npmSettings.mjs';
import { Problem } from './Problem.mjs';
import { runCommand } from './runCommand.mjs';
import { dim, say, since } from './say.mjs';

const stamp = path.join(root, 'node_modules/.day2-install');

/** The files that decide what is installed. */
async function manifests() {
  const packages = [];
  for (const folder of ['packages', 'plugins']) {
    for (const name of (await readdir(path.join(root, folder))).sort()) {
      packages.push(path.join(folder, name, 'package.json'));
    }
  }
  return ['yarn.lock', '.yarnrc.yml', 'package.json', ...packages];
}

async function fingerprint(node) {
  const hash = createHash('sha256').update(node);
  for (const file of await manifests()) {
    const text = await readFile(path.join(root, file)).catch(() => '');
    hash.update(`\0${file}\0`).update(text);
  }
  return hash.digest('hex');
}

/**
 * Installs what yarn.lock says, unless that is what is there.
 *
 * @param {{ node: string, yarn: string, env: NodeJS.ProcessEnv }} toolchain
 */
export async function ensureInstalled({ node, yarn, env }) {
  const wanted = await fingerprint(node);
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) {
    return;
  }
  const start = performance.now();
  say(
    'Installing dependencies (the first time takes two or three minutes) ...',
  );
  const settings = await yarnSettings({ cwd: root, env });
  const pulse = setInterval(() => say(dim(`  ... ${since(start)}`)), 15_000);
  const { code } = await runCommand(node, [yarn, 'install', '--immutable'], {
    cwd: root,
    env: { ...env, ...settings, YARN_ENABLE_PROGRESS_BARS: 'false' },
    onLine: createProgress(),
  });
  clearInterval(pulse);
  if (code !== 0) {
    throw new Problem(
      `Yarn could not install the dependencies (exit code ${code}).`,
      'The lines above say why. If yarn.lock does not fit package.json, run `yarn install` and commit both.',
    );
  }
  await checkSqlite({ node, env });
  await writeFile(stamp, wanted);
  say(dim(`  done in ${since(start)}`));
}

/** Yarn's steps, errors and builds. Of its warnings on peer dependencies there are many, and nobody here can act on them. */
function createProgress() {
  return line => {
    if (/YN0009.*\b(keytar|cpu-features)@/.test(line)) {
      say(
        dim(
          '  (an optional native module could not be built here; the portal does without it)',
        ),
      );
      return;
    }
    const code = /YN(\d{4})/.exec(line)?.[1];
    const isNews =
      !code || ['0000', '0007', '0008', '0009', '0013', '0028'].includes(code);
    if (isNews || /error|fail/i.test(line)) {
      say(dim(`  ${line}`));
    }
  };
}

/** The one native module that the portal cannot do without. */
async function checkSqlite({ node, env }) {
  const script = "new (require('better-sqlite3'))(':memory:').close()";
  const { code, output } = await runCommand(node, ['-e', script], {
    cwd: path.join(root, 'packages/backend'),
    env,
    onLine: () => {},
  });
  if (code !== 0) {
    throw new Problem(
      `better-sqlite3 does not load:\n${output
        .split('\n')
        .slice(0, 6)
        .join('\n')}`,
      'It is compiled where no prebuilt file can be fetched, which needs a C++ compiler, make and Python 3 ' +
        '(Debian: apt-get install build-essential python3; macOS: xcode-select --install). Then delete node_modules and start again.',
    );
  }
}
