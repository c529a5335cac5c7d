import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureCredentials } from '../company/credentials';
import { writeKubeconfig } from '../company/kubeconfig';
import { writeCatalog } from '../company/writeCatalog';
import { isRecord } from '../cluster/json';
import type { Sandbox } from '../sandbox';
import { startSandbox } from '../sandbox';
import type { Settings } from './settings';

const PARENT_CHECK_MS = 1_000;

export interface ServeOptions {
  settings: Settings;
  env: Readonly<Record<string, string | undefined>>;
  say(line: string): void;
}

/** What ends this process: a signal, or the end of whoever started it. */
interface Ending {
  told: Promise<void>;
  /** Lets go of signals and timer. */
  forget(): void;
}

function isGone(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return isRecord(error) && error.code === 'ESRCH';
  }
}

function awaitEnding(parentPid: number | undefined): Ending {
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  const first = process.ppid;
  let tell: () => void = () => undefined;
  const told = new Promise<void>(resolve => {
    tell = resolve;
  });
  const timer = setInterval(() => {
    const orphaned = parentPid !== undefined && isGone(parentPid);
    if (orphaned || process.ppid !== first) tell();
  }, PARENT_CHECK_MS);
  for (const signal of signals) process.on(signal, tell);
  return {
    told,
    forget() {
      clearInterval(timer);
      for (const signal of signals) process.off(signal, tell);
    },
  };
}

function explain(error: unknown, { ports }: Settings): unknown {
  if (!isRecord(error) || error.code !== 'EADDRINUSE') return error;
  const variables = [
    [ports.production, 'DAY2_SANDBOX_PORT'],
    [ports.staging, 'DAY2_SANDBOX_STAGING_PORT'],
    [ports.admin, 'DAY2_SANDBOX_ADMIN_PORT'],
  ] as const;
  const variable = variables.find(([port]) => port === error.port)?.[1];
  return new Error(
    `Port ${String(error.port)} is in use; is a sandbox running already? ${
      variable ?? 'DAY2_SANDBOX_PORT'
    } moves it.`,
  );
}

async function start({ settings, say }: ServeOptions): Promise<Sandbox> {
  const { dir, ports } = settings;
  await mkdir(dir, { recursive: true });
  const credentials = await ensureCredentials({ dir });
  await writeCatalog(join(dir, 'catalog'));
  const sandbox = await startSandbox({
    ports,
    credentials,
    onError: (actor, error) =>
      say(`error: ${actor}: ${error instanceof Error ? error.stack : error}`),
  }).catch(error => {
    throw explain(error, settings);
  });
  const { urls } = sandbox;
  const path = join(dir, 'kubeconfig');
  await writeKubeconfig(path, { urls, credentials });
  say(`production  ${urls.production}`);
  say(`staging     ${urls.staging}`);
  say(`controls    ${sandbox.adminUrl ?? 'none'}`);
  say(
    `kubectl     kubectl --kubeconfig ${path} --context production get pods -A`,
  );
  say('Ctrl-C ends it. Cause trouble with: yarn sandbox --help');
  return sandbox;
}

/** Runs the sandbox until it is told to end. */
export async function serve(options: ServeOptions): Promise<number> {
  const { DAY2_PARENT_PID: parent } = options.env;
  const ending = awaitEnding(parent ? Number(parent) : undefined);
  try {
    const sandbox = await start(options);
    await ending.told;
    await sandbox.close();
    return 0;
  } finally {
    ending.forget();
  }
}
