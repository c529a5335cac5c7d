import { runCli } from './cli/runCli';

runCli({ args: process.argv.slice(2), env: process.env }).then(
  code => {
    process.exitCode = code;
  },
  error => {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    process.exitCode = 1;
  },
);
