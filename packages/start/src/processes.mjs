import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { createLineReader } from './runCommand.mjs';

const KEPT_LINES = 15;

/**
 * The processes of a portal. Each is the head of its own process group, so that ending it ends what it started.
 *
 * @param {{ logFolder: string, show: (name: string, line: string) => void, onDeath: (death: { name: string, code: number | null, signal: string | null, lastLines: string[], logFile: string }) => void, graceMs?: number }} options
 *   `onDeath` hears of a process that ended although nobody asked it to
 */
export function createProcesses({ logFolder, show, onDeath, graceMs = 5_000 }) {
  const running = new Map();
  let stopping;

  async function start({ name, command, args, cwd, env, isNews }) {
    await mkdir(logFolder, { recursive: true });
    const logFile = path.join(logFolder, `${name}.log`);
    const log = createWriteStream(logFile);
    const child = spawn(command, args, {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lastLines = [];
    const reader = createLineReader(raw => {
      // Backstage colours its log even when told not to.
      const line = stripVTControlCharacters(raw);
      log.write(`${line}\n`);
      lastLines.push(line);
      lastLines.splice(0, lastLines.length - KEPT_LINES);
      if (isNews(line)) {
        show(name, line);
      }
    });
    child.stdout.on('data', reader.push);
    child.stderr.on('data', reader.push);
    const ended = new Promise(resolve => {
      const end = (code, signal) => {
        reader.end();
        log.end();
        running.delete(name);
        if (!stopping) {
          onDeath({ name, code, signal, lastLines, logFile });
        }
        resolve();
      };
      child.once('error', error => {
        lastLines.push(error.message);
        end(127, null);
      });
      child.once('close', end);
    });
    running.set(name, { child, ended });
  }

  return {
    start,
    /** Ends every process, hard after a while. Safe to call again. */
    stop() {
      stopping ??= endAll([...running.values()], graceMs);
      return stopping;
    },
  };
}

async function endAll(all, graceMs) {
  for (const { child } of all) {
    signalGroup(child.pid, 'SIGTERM');
  }
  let late;
  const deadline = new Promise(resolve => {
    late = setTimeout(resolve, graceMs);
  });
  await Promise.race([Promise.all(all.map(({ ended }) => ended)), deadline]);
  clearTimeout(late);
  // Also groups whose head has gone: what it started may still be there.
  for (const { child } of all) {
    signalGroup(child.pid, 'SIGKILL');
  }
  await Promise.all(all.map(({ ended }) => ended));
}

function signalGroup(pid, signal) {
  if (pid === undefined) {
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') {
      throw error;
    }
  }
}
