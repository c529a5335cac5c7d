import { parseArgs } from 'node:util';
import { InputError, isError } from '@backstage/errors';
import { moment, Source } from '@day2ops/backstage-plugin-day2-node';
import { judgeLines } from './judgeLines';
import { parseDocuments } from './parseDocuments';
import { readConfiguredSources } from './readConfiguredSources';

const usage = `Usage: yarn judge FILE|- [--now RFC3339] [--config app-config.yaml]

Judges the Kubernetes objects in FILE (or in what is piped in, -) by the rules of Day 2, and prints one line of JSON for
each, in the order of the input: {apiVersion, kind, namespace, name, health, reason, message}.

  --now RFC3339   judge as of this moment instead of now
  --config FILE   app-config.yaml whose day2.kinds add rules; may be given several times
`;

/** Where a command reads from and writes to. */
export interface CommandIo {
  /** Content of a file, or of standard input for `-`. */
  read(file: string): Promise<string>;
  out(text: string): void;
  error(text: string): void;
  now(): number;
}

/** Runs the command and returns its exit code: 0, or 1 when the input cannot be read, or 2 for wrong usage. */
export async function runJudge(
  args: readonly string[],
  options: { io: CommandIo; sources: readonly Source[] },
): Promise<number> {
  const { io, sources } = options;
  const parsed = parseCommand(args);
  if ('error' in parsed) {
    io.error(`${parsed.error}\n\n${usage}`);
    return 2;
  }
  if (parsed.help) {
    io.out(usage);
    return 0;
  }
  try {
    const configured = await readConfiguredSources(parsed.configs, io.read);
    const objects = await readObjects(parsed.file, io);
    const lines = judgeLines(objects, {
      sources: [...configured, ...sources],
      now: parsed.now ?? io.now(),
    });
    io.out(lines.map(line => `${JSON.stringify(line)}\n`).join(''));
    return 0;
  } catch (error) {
    if (!isError(error)) {
      throw error;
    }
    io.error(`judge: ${error.message}\n`);
    return 1;
  }
}

type Command =
  | { error: string }
  | {
      help: boolean;
      file: string;
      now: number | undefined;
      configs: readonly string[];
    };

function parseCommand(args: readonly string[]): Command {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        now: { type: 'string' },
        config: { type: 'string', multiple: true },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const now = values.now === undefined ? undefined : moment(values.now);
    if (values.now !== undefined && now === undefined) {
      return { error: `--now takes an RFC 3339 time, not "${values.now}"` };
    }
    const help = values.help ?? false;
    if (!help && positionals.length !== 1) {
      return { error: 'Name one file, or - for standard input' };
    }
    const [file = '-'] = positionals;
    return { help, file, now, configs: values.config ?? [] };
  } catch (error) {
    return { error: isError(error) ? error.message : String(error) };
  }
}

async function readObjects(file: string, io: CommandIo) {
  const name = file === '-' ? 'standard input' : file;
  const content = await io.read(file).catch(error => {
    throw new InputError(`${name} cannot be read: ${error.message}`);
  });
  try {
    return parseDocuments(content);
  } catch (error) {
    throw isError(error) ? new InputError(`${name}, ${error.message}`) : error;
  }
}
