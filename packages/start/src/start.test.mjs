import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { countJest, countPlaywright, countTap, sumUp } from './counts.mjs';
import { findToken } from './npmSettings.mjs';
import { parseStartOptions, readPorts } from './options.mjs';
import { checkPorts } from './ports.mjs';
import { createProcesses } from './processes.mjs';
import { judgeAnswers } from './ready.mjs';
import { createLineReader } from './runCommand.mjs';
import { runSteps } from './runSteps.mjs';
import { nodePackageOf } from './toolchain.mjs';

async function temporaryFolder(t) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'day2-start-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('every platform has a pinned Node in the lockfile, without a registry in it', async () => {
  const text = await readFile(
    new URL('../toolchain/package-lock.json', import.meta.url),
    'utf8',
  );
  const { packages } = JSON.parse(text);
  for (const [platform, arch] of [
    ['linux', 'x64'],
    ['linux', 'arm64'],
    ['darwin', 'x64'],
    ['darwin', 'arm64'],
  ]) {
    const entry = packages[`node_modules/${nodePackageOf(platform, arch)}`];
    assert.match(entry.version, /^22\./);
    assert.match(entry.integrity, /^sha512-/);
    assert.equal(entry.os, platform);
    assert.equal(entry.cpu, arch);
  }
  assert.equal(packages['node_modules/@yarnpkg/cli-dist'].version, '4.13.0');
  assert.doesNotMatch(text, /https?:/);
  assert.throws(() => nodePackageOf('win32', 'x64'), /There is no Node/);
});

test('a registry token is found in .npmrc, and only that of this registry', () => {
  const npmrc = [
    '; work',
    '//npm.example.com/:_authToken=other',
    '//npm.example.com/mirror/:_authToken="${MY_TOKEN}"',
  ].join('\n');
  const find = registry => findToken(npmrc, registry, { MY_TOKEN: 's3cret' });
  assert.equal(find('https://npm.example.com/mirror'), 's3cret');
  assert.equal(find('https://npm.example.com/'), 'other');
  assert.equal(find('https://elsewhere.example.com/'), undefined);
});

test('options of npm start', () => {
  const {
    kubeconfig,
    context,
    'allow-writes': writes,
  } = parseStartOptions([
    '--kubeconfig',
    'x',
    '--context',
    'a',
    '--context',
    'b',
  ]);
  assert.deepEqual([kubeconfig, context, writes], ['x', ['a', 'b'], false]);
  assert.throws(() => parseStartOptions(['--allow-writes']), /belong to/);
  assert.throws(() => parseStartOptions(['--kubeconf', 'x']), /kubeconf/);
  assert.deepEqual(readPorts({ DAY2_SANDBOX_PORT: '9000' }), {
    portal: 3000,
    backend: 7007,
    sandbox: 9000,
    staging: 9001,
    admin: 6440,
  });
  assert.throws(() => readPorts({ DAY2_PORTAL_PORT: 'x' }), /is not a port/);
});

test('a port in use is named, with who holds it and how to move', async t => {
  const server = net.createServer().listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address();
  const wanted = { port, what: 'the portal', variable: 'DAY2_PORTAL_PORT' };
  await assert.rejects(checkPorts([wanted]), error => {
    assert.match(error.message, new RegExp(`Port ${port} \\(the portal\\)`));
    if (process.platform === 'linux') {
      assert.match(error.message, new RegExp(`pid ${process.pid}`));
    }
    assert.match(error.remedy, /DAY2_PORTAL_PORT/);
    return true;
  });
});

test('lines come whole, whatever the chunks', () => {
  const lines = [];
  const reader = createLineReader(line => lines.push(line));
  reader.push('a\nb');
  reader.push('c\r\nd');
  reader.end();
  assert.deepEqual(lines, ['a', 'bc', 'd']);
});

test('stopping ends every process and what it started, deaf ones too', async t => {
  const deaths = [];
  const started = Promise.withResolvers();
  const processes = createProcesses({
    logFolder: await temporaryFolder(t),
    show: (name, line) => started.resolve(`${name}: ${line}`),
    onDeath: death => deaths.push(death),
    graceMs: 100,
  });
  // Holds the parent's output, which therefore ends no sooner than this does.
  const child =
    "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('deaf')";
  const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
    child,
  )}], { stdio: 'inherit' }); setInterval(() => {}, 1000);`;
  await processes.start({
    name: 'parent',
    command: process.execPath,
    args: ['-e', parent],
    cwd: os.tmpdir(),
    env: process.env,
    isNews: line => line === 'deaf',
  });
  assert.equal(await started.promise, 'parent: deaf');
  await processes.stop();
  await processes.stop();
  assert.deepEqual(deaths, []);
});

test('a process that dies is reported with its last lines', async t => {
  const death = Promise.withResolvers();
  const processes = createProcesses({
    logFolder: await temporaryFolder(t),
    show: () => {},
    onDeath: death.resolve,
  });
  await processes.start({
    name: 'backend',
    command: process.execPath,
    args: ['-e', "console.error('no database'); process.exit(3)"],
    cwd: os.tmpdir(),
    env: process.env,
    isNews: () => false,
  });
  const { name, code, lastLines } = await death.promise;
  assert.deepEqual([name, code, lastLines], ['backend', 3, ['no database']]);
  await processes.stop();
});

test('a fleet is judged when every cluster is read and every service has a verdict', () => {
  const cluster = (state, kindState = 'synced') => ({
    status: 200,
    body: { items: [{ name: 'a', state, kinds: [{ state: kindState }] }] },
  });
  const services = reason => ({
    status: 200,
    body: { totalItems: 1, items: [{ reason }] },
  });
  const judge = judgeAnswers;
  assert.equal(judge(cluster('connected'), services('AllReady')), true);
  assert.match(judge(undefined, services('x')), /does not list its clusters/);
  assert.match(judge(cluster('neverSynced'), services('x')), /is being read/);
  assert.match(judge(cluster('connected', 'listing'), services('x')), /read/);
  assert.match(judge(cluster('connected'), services('NeverSynced')), /judged/);
  const none = { status: 200, body: { items: [], problem: { message: 'no' } } };
  assert.equal(judge(none, services('x')), 'no');
});

test('steps go on after a failure, and what they counted is summed up', async t => {
  const folder = await temporaryFolder(t);
  const file = name => path.join(folder, name);
  await writeFile(file('tap'), '# pass 4\n# fail 1\n# skipped 2\n');
  const jest = {
    numPassedTests: 10,
    numFailedTests: 1,
    numRuntimeErrorTestSuites: 1,
    numPendingTests: 0,
    numTodoTests: 0,
  };
  await writeFile(file('jest'), JSON.stringify(jest));
  const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 1 };
  await writeFile(file('pw'), JSON.stringify({ stats, errors: [] }));
  assert.deepEqual(await countTap(file('tap')), {
    passed: 4,
    failed: 1,
    skipped: 2,
  });
  assert.deepEqual(await countJest(file('jest')), {
    passed: 10,
    failed: 2,
    skipped: 0,
  });
  assert.deepEqual(await countPlaywright(file('pw')), {
    passed: 3,
    failed: 1,
    skipped: 1,
  });

  const step = (name, code, extra) => ({
    name,
    args: ['-e', `process.exit(${code})`],
    ...extra,
  });
  const results = await runSteps({
    steps: [
      step('lint', 1),
      step('types', 0),
      // Its report is missing: what is left from last time must not count.
      step('unit', 1, { report: file('jest'), count: countJest }),
    ],
    toolchain: { node: process.execPath, env: process.env },
    signal: new AbortController().signal,
  });
  assert.deepEqual(
    results.map(({ name, ok }) => [name, ok]),
    [
      ['lint', false],
      ['types', true],
      ['unit', false],
    ],
  );
  assert.equal(
    sumUp(results.map(({ counts }) => counts)),
    '1 passed, 2 failed',
  );
  assert.equal(
    sumUp([{ passed: 1, failed: 0, skipped: 2 }]),
    '1 passed, 0 failed, 2 skipped',
  );
});
