import { spawn } from 'node:child_process';

/**
 * Runs a command to its end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, stdin?: 'ignore' | 'inherit' }} [options]
 *   without `onLine` the command writes to our own output
 * @returns {Promise<{ code: number, output: string }>} `output` is what went through `onLine`; 127 if there is no such command
 */
export function runCommand(command, args, options = {}) {
  const { cwd, env, onLine, stdin = 'ignore' } = options;
  return new Promise(resolve => {
    const out = onLine ? 'pipe' : 'inherit';
    const child = spawn(command, args, { cwd, env, stdio: [stdin, out, out] });
    const lines = [];
    const take = createLineReader(line => {
      lines.push(line);
      onLine?.(line);
    });
    child.stdout?.on('data', take.push);
    child.stderr?.on('data', take.push);
    child.once('error', error => {
      lines.push(error.message);
      resolve({ code: 127, output: lines.join('\n') });
    });
    child.once('close', (code, signal) => {
      take.end();
      resolve({ code: code ?? (signal ? 130 : 1), output: lines.join('\n') });
    });
  });
}

/** Cuts chunks into lines. `end` hands over a last line without an end. */
export function createLineReader(onLine) {
  let rest = '';
  return {
    push(chunk) {
      const lines = (rest + chunk).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) {
        onLine(line);
      }
    },
    end() {
      if (rest) {
        onLine(rest);
        rest = '';
      }
    },
  };
}
