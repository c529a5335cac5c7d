import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { homeFolder, root } from './folders.mjs';
import { readPorts } from './options.mjs';
import { checkPorts } from './ports.mjs';
import { Problem } from './Problem.mjs';
import { createProcesses } from './processes.mjs';
import { createFleetCheck, isPortalUp, waitUntil } from './ready.mjs';
import { waitForSandbox } from './sandbox.mjs';
import { bold, dim, red, say } from './say.mjs';
import { typescriptArgs, typescriptEnv } from './typescript.mjs';

const UP_TIMEOUT_MS = 180_000;
const JUDGED_TIMEOUT_MS = 120_000;

/** Backstage's log lines carry their level; the rest is a crash or a bundler's word. */
const isBackendNews = line =>
  / (warn|error) /.test(line) || /^\s*(\w*Error|at )\b/.test(line);
const isAppNews = line => /\b(error|ERROR|compiled)\b/.test(line);

/**
 * Starts the processes of a portal and waits until it can be used.
 *
 * @param {{ toolchain: { node: string, env: NodeJS.ProcessEnv }, verbose?: boolean, own?: { configFile: string, env: Record<string, string>, person: string } }} options
 *   `own`: one's own clusters instead of the sandbox
 * @returns {{ ready: Promise<{ portalUrl: string, judged: true | string }>, death: Promise<Problem>, stop(): Promise<void> }}
 */
export function startPortal({ toolchain, verbose = false, own }) {
  const home = homeFolder();
  const ports = readPorts(process.env);
  const abort = new AbortController();
  let reportDeath;
  const death = new Promise(resolve => {
    reportDeath = resolve;
  });
  const processes = createProcesses({
    logFolder: path.join(home, 'logs'),
    show: (name, line) => say(`${dim(name.padEnd(7))} ${line}`),
    onDeath: details => reportDeath(toProblem(details)),
  });
  const context = { toolchain, verbose, own, home, ports, processes };
  return {
    ready: bringUp({ ...context, signal: abort.signal }),
    death,
    async stop() {
      abort.abort();
      await processes.stop();
    },
  };
}

function toProblem({ name, code, signal, lastLines, logFile }) {
  const how = signal ? `by signal ${signal}` : `with exit code ${code}`;
  return new Problem(
    `The ${name} ended ${how}. Its last lines:\n${lastLines
      .map(line => `  ${line}`)
      .join('\n')}`,
    `All of it is in ${path.relative(process.cwd(), logFile)}.`,
  );
}

async function bringUp(context) {
  const { home, ports, own, processes, signal } = context;
  await checkPorts([
    { port: ports.portal, what: 'the portal', variable: 'DAY2_PORTAL_PORT' },
    { port: ports.backend, what: 'its backend', variable: 'DAY2_BACKEND_PORT' },
    ...(own ? [] : sandboxPorts(ports)),
  ]);
  const data = path.join(home, own ? 'kubeconfig/data' : 'data');
  await mkdir(data, { recursive: true });
  const env = {
    ...context.toolchain.env,
    ...typescriptEnv,
    NO_COLOR: '1',
    FORCE_COLOR: '0',
    BROWSER: 'none',
    DAY2_HOME: home,
    DAY2_DATA_DIR: data,
    DAY2_CATALOG: path.join(home, 'sandbox/catalog/*.yaml'),
    DAY2_PORTAL_PORT: String(ports.portal),
    DAY2_BACKEND_PORT: String(ports.backend),
    DAY2_SANDBOX_PORT: String(ports.sandbox),
    DAY2_SANDBOX_STAGING_PORT: String(ports.staging),
    DAY2_SANDBOX_ADMIN_PORT: String(ports.admin),
    ...own?.env,
  };
  const start = createStarter({ ...context, env });
  // The app takes longest to compile and needs neither of the others to do so.
  await start.app();
  if (!own) {
    await start.sandbox();
    const folder = path.join(home, 'sandbox');
    Object.assign(env, await waitForSandbox({ folder, ports, signal }));
  }
  await start.backend();
  return waitForPortal({ ports, own, signal, processes });
}

function sandboxPorts(ports) {
  return [
    {
      port: ports.admin,
      what: "the sandbox's controls",
      variable: 'DAY2_SANDBOX_ADMIN_PORT',
    },
    {
      port: ports.sandbox,
      what: 'cluster production',
      variable: 'DAY2_SANDBOX_PORT',
    },
    {
      port: ports.staging,
      what: 'cluster staging',
      variable: 'DAY2_SANDBOX_STAGING_PORT',
    },
  ];
}

function createStarter({ toolchain, processes, env, own, verbose }) {
  const guard = [
    '--require',
    path.join(root, 'packages/start/src/dieWithParent.cjs'),
  ];
  const config = [path.join(root, 'app-config.yaml'), own?.configFile]
    .filter(Boolean)
    .flatMap(file => ['--config', file]);
  const node = (name, folder, args, isNews) =>
    processes.start({
      name,
      command: toolchain.node,
      args: [...guard, ...args],
      cwd: path.join(root, folder),
      env,
      isNews: verbose ? () => true : isNews,
    });
  const cli = path.join(root, 'node_modules/@backstage/cli/bin/backstage-cli');
  return {
    app: () =>
      node(
        'app',
        'packages/app',
        [cli, 'package', 'start', ...config],
        isAppNews,
      ),
    backend: () =>
      node(
        'backend',
        'packages/backend',
        [...typescriptArgs(), 'src/index', ...config],
        isBackendNews,
      ),
    sandbox: () =>
      node(
        'sandbox',
        'packages/sandbox',
        [...typescriptArgs(), 'src/main'],
        line => /\b(error|warn)/i.test(line),
      ),
  };
}

async function waitForPortal({ ports, own, signal }) {
  const backendUrl = `http://localhost:${ports.backend}`;
  const portalUrl = `http://localhost:${ports.portal}`;
  const person = own?.person ?? 'user:default/mara.lindqvist';
  const up = await waitUntil(() => isPortalUp({ backendUrl, portalUrl }), {
    timeoutMs: UP_TIMEOUT_MS,
    signal,
  });
  if (up !== true) {
    throw new Problem(
      `The portal is not up after ${UP_TIMEOUT_MS / 1000} seconds: ${up}.`,
      'The logs are in .day2/logs; --verbose shows them.',
    );
  }
  say(dim('The portal answers; waiting until the fleet is judged ...'));
  const judged = await waitUntil(createFleetCheck({ backendUrl, person }), {
    timeoutMs: JUDGED_TIMEOUT_MS,
    signal,
  });
  return { portalUrl, judged };
}

/** The block that a person reads at the end of a start. */
export function describePortal({ portalUrl, judged, seconds, own }) {
  return [
    '',
    bold(`  Day 2 is at ${portalUrl}`) + dim(`  (after ${seconds})`),
    judged === true
      ? '  Every service has been judged.'
      : red(`  Not every service has been judged yet: ${judged}.`),
    own
      ? `  It shows ${own.what}.`
      : '  It shows a sandbox: two clusters full of life, and of trouble. Cause more with `npm run sandbox -- --help`.',
    dim('  Ctrl-C ends it. Logs are in .day2/logs.'),
    '',
  ].join('\n');
}
