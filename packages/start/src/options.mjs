import { parseArgs } from 'node:util';
import { portFrom } from './ports.mjs';
import { Problem } from './Problem.mjs';

export const startUsage = `npm start                                        a portal with a sandbox to try it on
npm start -- --kubeconfig FILE [--context NAME]  a portal that shows your own clusters, read only

  --context NAME    which contexts of the file; may be repeated; default: the current one
  --allow-writes    let the portal change things in your clusters
  --verbose         show everything that the processes write (it is in .day2/logs too)
  --help            this text

DAY2_PORTAL_PORT, DAY2_BACKEND_PORT, DAY2_SANDBOX_PORT, DAY2_SANDBOX_STAGING_PORT and
DAY2_SANDBOX_ADMIN_PORT move the ports; DAY2_HOME moves what is kept in .day2.`;

/** Parses with node:util; what does not parse is a Problem with the usage. */
export function parseOptions(args, options, usage) {
  try {
    return parseArgs({ args, options, allowPositionals: false }).values;
  } catch (error) {
    throw new Problem(error.message, usage);
  }
}

export function parseStartOptions(args) {
  const values = parseOptions(
    args,
    {
      kubeconfig: { type: 'string' },
      context: { type: 'string', multiple: true },
      'allow-writes': { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
    startUsage,
  );
  if (!values.kubeconfig && (values.context || values['allow-writes'])) {
    throw new Problem(
      '--context and --allow-writes belong to --kubeconfig.',
      startUsage,
    );
  }
  return values;
}

/** The ports of a portal, from the environment. */
export function readPorts(env) {
  const sandbox = portFrom(env, 'DAY2_SANDBOX_PORT', 6443);
  return {
    portal: portFrom(env, 'DAY2_PORTAL_PORT', 3000),
    backend: portFrom(env, 'DAY2_BACKEND_PORT', 7007),
    sandbox,
    staging: portFrom(env, 'DAY2_SANDBOX_STAGING_PORT', sandbox + 1),
    admin: portFrom(env, 'DAY2_SANDBOX_ADMIN_PORT', 6440),
  };
}
