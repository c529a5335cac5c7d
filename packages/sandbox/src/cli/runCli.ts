import { parseArgs } from 'node:util';
import { isRecord } from '../cluster/json';
import { TROUBLES } from '../company/trouble';
import { FAULT_KINDS } from '../faults/faults';
import type { AdminClient } from './adminClient';
import { createAdminClient } from './adminClient';
import { serve } from './serve';
import type { Settings } from './settings';
import { readSettings } from './settings';

export const USAGE = `yarn sandbox                                           run the sandbox
yarn sandbox break CLUSTER/NAMESPACE/WORKLOAD --as HOW  ${TROUBLES.join(', ')}
yarn sandbox mend CLUSTER/NAMESPACE/WORKLOAD            take that back
yarn sandbox scale CLUSTER/NAMESPACE/WORKLOAD --replicas N
yarn sandbox deploy CLUSTER/NAMESPACE/WORKLOAD --image IMAGE
yarn sandbox cut CLUSTER [options]                      cut a cluster off
  --hang                 accept requests and never answer
  --slow MS              answer so many milliseconds later
  --as FAULT             ${FAULT_KINDS.join(', ')}
  --resource PLURAL      only requests for it, such as pods
  --requests N           only so many requests
yarn sandbox join CLUSTER                               answer again
yarn sandbox status                                     clusters and what is wrong with them
yarn sandbox list [CLUSTER]                             workloads and what was done to them
yarn sandbox --help

Environment: DAY2_SANDBOX_PORT (6443), DAY2_SANDBOX_STAGING_PORT (the next one), DAY2_SANDBOX_ADMIN_PORT (6440),
DAY2_HOME (.day2), DAY2_PARENT_PID (the sandbox ends with that process).
`;

/** A command line that cannot be understood; the message says why. */
class UsageError extends Error {}

const OPTIONS = {
  as: { type: 'string' },
  replicas: { type: 'string' },
  image: { type: 'string' },
  hang: { type: 'boolean' },
  slow: { type: 'string' },
  resource: { type: 'string' },
  requests: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

interface Command {
  target: string | undefined;
  values: {
    as?: string;
    replicas?: string;
    image?: string;
    hang?: boolean;
    slow?: string;
    resource?: string;
    requests?: string;
  };
  client: AdminClient;
  say(line: string): void;
}

function messageOf(error: unknown): string {
  return isRecord(error) && typeof error.message === 'string'
    ? error.message
    : String(error);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
    });
  } catch (error) {
    throw new UsageError(messageOf(error));
  }
}

function required(value: string | undefined, name: string): string {
  if (value) return value;
  throw new UsageError(`${name} is missing`);
}

function workloadIn(target: string | undefined) {
  const parts = required(target, 'CLUSTER/NAMESPACE/WORKLOAD').split('/');
  const [cluster, namespace, workload] = parts;
  if (parts.length !== 3 || !cluster || !namespace || !workload) {
    throw new UsageError(
      `${target} is not CLUSTER/NAMESPACE/WORKLOAD, such as production/gsv-prod/gsv-api`,
    );
  }
  return { cluster, namespace, workload };
}

function numberIn(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 0) return value;
  throw new UsageError(`${name} must be a whole number, not ${text}`);
}

function faultIn({ values }: Command): Record<string, unknown> {
  const ms = numberIn(values.slow, '--slow');
  const slow = ms === undefined ? undefined : 'slow';
  const short = values.hang ? 'hang' : slow;
  if (short && values.as && values.as !== short) {
    throw new UsageError(`--${short} and --as ${values.as} exclude each other`);
  }
  return {
    kind: short ?? values.as ?? 'cut',
    ...(ms === undefined ? {} : { ms }),
    ...(values.resource ? { plural: values.resource } : {}),
    ...(values.requests === undefined
      ? {}
      : { requests: numberIn(values.requests, '--requests') }),
  };
}

const COMMANDS: Readonly<Record<string, (command: Command) => Promise<void>>> =
  Object.freeze({
    async break({ target, values, client, say }: Command) {
      const as = required(values.as, `--as ${TROUBLES.join('|')}`);
      await client.act('break', { ...workloadIn(target), as });
      say(`${target}: ${as}`);
    },
    async mend({ target, client, say }: Command) {
      await client.act('mend', workloadIn(target));
      say(`${target}: mended`);
    },
    async scale({ target, values, client, say }: Command) {
      const replicas = numberIn(
        required(values.replicas, '--replicas N'),
        '--replicas',
      );
      await client.act('scale', { ...workloadIn(target), replicas });
      say(`${target}: ${replicas} replicas`);
    },
    async deploy({ target, values, client, say }: Command) {
      const image = required(values.image, '--image IMAGE');
      await client.act('deploy', { ...workloadIn(target), image });
      say(`${target}: ${image}`);
    },
    async cut(command: Command) {
      const { target, client, say } = command;
      const fault = faultIn(command);
      await client.setFault(required(target, 'CLUSTER'), fault);
      say(`${target}: ${String(fault.kind)}`);
    },
    async join({ target, client, say }: Command) {
      await client.clearFaults(required(target, 'CLUSTER'));
      say(`${target}: answers`);
    },
    async status({ client, say }: Command) {
      for (const { name, faults, requests } of await client.clusters()) {
        const wrong = faults.map(fault => JSON.stringify(fault)).join(' ');
        say(`${name}: ${wrong || 'answers'}, ${requests} requests so far`);
      }
    },
    async list({ target, client, say }: Command) {
      for (const state of await client.workloads(target)) {
        const { cluster, namespace, name, kind, behaviour } = state;
        const counts = state.wanted ? ` ${state.ready}/${state.wanted}` : '';
        const how = behaviour === 'healthy' ? '' : ` ${behaviour}`;
        say(`${cluster}/${namespace}/${name} ${kind}${counts}${how}`);
      }
    },
  });

export interface CliOptions {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  /** Standard output and error by default. */
  say?: (line: string) => void;
  complain?: (line: string) => void;
  /** Made from the settings by default. */
  client?: (settings: Settings) => AdminClient;
}

/** `yarn sandbox`: returns the exit code. */
export async function runCli(options: CliOptions): Promise<number> {
  const {
    args,
    env,
    say = line => process.stdout.write(`${line}\n`),
    complain = line => process.stderr.write(`${line}\n`),
    client = createAdminClient,
  } = options;
  try {
    const { values, positionals } = parse(args);
    const [name, target, ...more] = positionals;
    if (values.help || name === 'help') {
      say(USAGE);
      return 0;
    }
    const settings = readSettings(env);
    if (name === undefined) return await serve({ settings, env, say });
    if (!Object.hasOwn(COMMANDS, name) || more.length) {
      throw new UsageError(`Cannot ${[name, ...more].join(' ')}`);
    }
    await COMMANDS[name]({ target, values, client: client(settings), say });
    return 0;
  } catch (error) {
    complain(messageOf(error));
    if (error instanceof UsageError) complain(`\n${USAGE}`);
    return error instanceof UsageError ? 2 : 1;
  }
}
