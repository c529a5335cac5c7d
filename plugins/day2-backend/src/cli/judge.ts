import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { builtInSources } from '../sources';
import { runJudge } from './runJudge';

// Whoever reads may stop early, as `head` does.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

runJudge(process.argv.slice(2), {
  sources: builtInSources,
  io: {
    read: file => (file === '-' ? text(process.stdin) : readFile(file, 'utf8')),
    out: line => process.stdout.write(line),
    error: line => process.stderr.write(line),
    now: () => Date.now(),
  },
}).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`judge: ${error}\n`);
    process.exitCode = 1;
  },
);
