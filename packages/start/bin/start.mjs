#!/usr/bin/env node
import { ensureInstalled } from '../src/install.mjs';
import { parseStartOptions, startUsage } from '../src/options.mjs';
import { describePortal, startPortal } from '../src/portal.mjs';
import { red, runMain, say, since } from '../src/say.mjs';
import { ensureToolchain } from '../src/toolchain.mjs';

/** Resolves with the exit code that a shell expects of a program ended by a signal. */
function untilSignal() {
  const codes = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 };
  return new Promise(resolve => {
    for (const [signal, code] of Object.entries(codes)) {
      process.on(signal, () => resolve(code));
    }
  });
}

async function readOwnClusters({
  kubeconfig,
  context,
  'allow-writes': allowWrites,
}) {
  if (!kubeconfig) {
    return undefined;
  }
  // Imported late: it needs what has just been installed.
  const { serveKubeconfig } = await import(
    '../src/kubeconfig/serveKubeconfig.mjs'
  );
  return serveKubeconfig({ file: kubeconfig, contexts: context, allowWrites });
}

runMain(async args => {
  const options = parseStartOptions(args);
  if (options.help) {
    say(startUsage);
    return 0;
  }
  const start = performance.now();
  const toolchain = await ensureToolchain();
  await ensureInstalled(toolchain);
  const signalled = untilSignal();
  const own = await readOwnClusters(options);
  const portal = startPortal({ toolchain, verbose: options.verbose, own });
  const failed = portal.ready
    .then(result => {
      say(describePortal({ ...result, seconds: since(start), own }));
      return new Promise(() => {});
    })
    .catch(error => error);
  const end = await Promise.race([signalled, portal.death, failed]);
  say(
    typeof end === 'number'
      ? '\nEnding ...'
      : red('Ending, because something went wrong ...'),
  );
  await portal.stop();
  await own?.close();
  if (typeof end !== 'number') {
    throw end;
  }
  return end;
});
