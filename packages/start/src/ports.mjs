import { readdir, readFile, readlink } from 'node:fs/promises';
import net from 'node:net';
import { Problem } from './Problem.mjs';
import { runCommand } from './runCommand.mjs';

/** Reads a port from the environment. */
export function portFrom(env, name, fallback) {
  const text = env[name];
  if (!text) {
    return fallback;
  }
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Problem(
      `${name}=${text} is not a port.`,
      'Give a number from 1 to 65535.',
    );
  }
  return port;
}

function isFree(port, host) {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', error => {
      if (error.code === 'EADDRINUSE') {
        resolve(false);
      } else if (
        error.code === 'EADDRNOTAVAIL' ||
        error.code === 'EAFNOSUPPORT'
      ) {
        // No IPv6 on this machine: nobody can hold the port there.
        resolve(true);
      } else {
        reject(new Problem(`Port ${port} cannot be opened: ${error.message}`));
      }
    });
    server.listen({ port, host, exclusive: true }, () =>
      server.close(() => resolve(true)),
    );
  });
}

/** Which process listens on a port, for people; undefined if this machine does not tell. */
export async function describeListener(port) {
  if (process.platform === 'linux') {
    return describeListenerOnLinux(port);
  }
  const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
  const { output } = await runCommand('lsof', args, { onLine: () => {} });
  const pid = /^p(\d+)/m.exec(output)?.[1];
  const name = /^c(.+)/m.exec(output)?.[1];
  return pid && `${name ?? 'a process'} (pid ${pid})`;
}

async function describeListenerOnLinux(port) {
  const inodes = new Set();
  const hex = port.toString(16).toUpperCase().padStart(4, '0');
  for (const table of ['/proc/net/tcp', '/proc/net/tcp6']) {
    const text = await readFile(table, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const fields = line.trim().split(/\s+/);
      const isListening = fields[3] === '0A';
      if (isListening && fields[1]?.endsWith(`:${hex}`)) {
        inodes.add(`socket:[${fields[9]}]`);
      }
    }
  }
  const pids = inodes.size ? await readdir('/proc') : [];
  for (const pid of pids.filter(name => /^\d+$/.test(name))) {
    const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => []);
    for (const descriptor of descriptors) {
      const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(
        () => '',
      );
      if (inodes.has(target)) {
        const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(
          () => '',
        );
        return `${command
          .split('\0')
          .filter(Boolean)
          .join(' ')
          .slice(0, 100)} (pid ${pid})`;
      }
    }
  }
  return undefined;
}

/**
 * Checks that ports are free, on IPv4 and IPv6.
 *
 * @param {{ port: number, what: string, variable: string }[]} wanted
 * @throws {Problem} that names every port in use, who holds it, and the variable that moves ours
 */
export async function checkPorts(wanted) {
  const taken = [];
  for (const { port, what, variable } of wanted) {
    const free =
      (await isFree(port, '127.0.0.1')) && (await isFree(port, '::1'));
    if (!free) {
      const holder = (await describeListener(port)) ?? 'another process';
      taken.push({ port, what, variable, holder });
    }
  }
  if (taken.length > 0) {
    throw new Problem(
      taken
        .map(
          ({ port, what, holder }) =>
            `Port ${port} (${what}) is in use by ${holder}.`,
        )
        .join('\n'),
      `End it, or set ${taken
        .map(({ variable }) => variable)
        .join(', ')} to free ports.`,
    );
  }
}
