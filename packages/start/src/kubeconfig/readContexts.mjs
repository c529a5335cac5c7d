import { access, constants } from 'node:fs/promises';
import path from 'node:path';
import { Problem } from '../Problem.mjs';

/**
 * Reads contexts of a kubeconfig.
 *
 * @param {{ file: string, contexts?: string[] }} options without `contexts`, the current one
 * @returns {Promise<{ name: string, server: string, authenticate: (options: object) => Promise<void> }[]>}
 */
export async function readContexts({ file, contexts }) {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const resolved = path.resolve(process.env.INIT_CWD ?? process.cwd(), file);
  await access(resolved, constants.R_OK).catch(error => {
    throw new Problem(
      error.code === 'ENOENT'
        ? `There is no file ${resolved}.`
        : `${resolved} cannot be read: ${error.message}`,
      "Give the kubeconfig with --kubeconfig FILE; kubectl's own is usually ~/.kube/config.",
    );
  });
  const load = () => {
    const config = new KubeConfig();
    config.loadFromFile(resolved);
    return config;
  };
  const known = tryLoad(load, resolved);
  const names = known.getContexts().map(context => context.name);
  const wanted = contexts ?? [known.getCurrentContext()].filter(Boolean);
  const unknown = wanted.filter(name => !names.includes(name));
  if (unknown.length > 0 || wanted.length === 0) {
    throw new Problem(
      unknown.length > 0
        ? `${resolved} has no context ${unknown.join(', ')}.`
        : `${resolved} has no current context.`,
      names.length > 0
        ? `Choose with --context from: ${names.join(', ')}`
        : 'It has no context at all.',
    );
  }
  return [...new Set(wanted)].map(name => openContext(name, load, resolved));
}

function tryLoad(load, file) {
  try {
    return load();
  } catch (error) {
    throw new Problem(
      `${file} is not a kubeconfig: ${error.message.split('\n')[0]}`,
    );
  }
}

function openContext(name, load, file) {
  const config = load();
  config.setCurrentContext(name);
  const cluster = config.getCurrentCluster();
  if (!cluster?.server) {
    throw new Problem(
      `Context ${name} of ${file} names no cluster with a server.`,
      '`kubectl config view` shows what it names.',
    );
  }
  return {
    name,
    server: cluster.server,
    // Reads files and runs exec plugins each time: client-node keeps what has not expired.
    authenticate: options => config.applyToHTTPSOptions(options),
  };
}
