import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from './startBackend';

const run = promisify(execFile);

/** Where the lab of real programs is; undefined where there is none, or where no test should use it. */
export const lab = [process.env.DAY2_LAB, path.join(root, '../shared/lab')]
  .filter(() => process.env.KUBEBUILDER_ASSETS)
  .find(folder => folder && existsSync(path.join(folder, 'cluster')));

/** A real control plane with simulated nodes. */
export interface LabCluster {
  readonly url: string;
  readonly caPem: string;
  /** Of a service account that may read everything but Secrets. */
  readonly readerToken: string;
  readonly adminToken: string;
  kubectl(...args: string[]): Promise<string>;
  apply(manifests: string): Promise<void>;
  /** What the reader asked since the cluster began, oldest first. */
  requests(): { verb: string; uri: string }[];
  /** To the API server: `SIGSTOP` makes it hang, `SIGCONT` goes on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  close(): Promise<void>;
}

/** Starts one of `lab`'s. Takes some 20 seconds. */
export async function startLabCluster(folder: string): Promise<LabCluster> {
  const script = path.join(folder, 'cluster');
  const { stdout } = await run(script, [
    ...['up', '--controllers', '--reader', '--audit'],
    ...['--name', `acceptance-${process.pid}`],
  ]);
  const values = new Map(
    stdout
      .split('\n')
      .map(line => /^export (\w+)=(.*)$/.exec(line))
      .filter(found => found !== null)
      .map(([, name, value]) => [name, value.replace(/^'(.*)'$/, '$1')]),
  );
  const valueOf = (name: string) => {
    const value = values.get(name);
    if (!value) throw new Error(`The lab did not say ${name}`);
    return value;
  };
  const home = valueOf('CLUSTER_DIR');
  const kubectl = path.join(process.env.KUBEBUILDER_ASSETS ?? '', 'kubectl');
  const env = { ...process.env, ...Object.fromEntries(values) };
  const apiServer = Number(
    /^(\d+) kube-apiserver$/m.exec(
      readFileSync(path.join(home, 'pids'), 'utf8'),
    )?.[1],
  );
  return {
    url: valueOf('KUBE_API_URL'),
    caPem: readFileSync(valueOf('KUBE_CA_FILE'), 'utf8'),
    readerToken: valueOf('KUBE_READER_TOKEN'),
    adminToken: valueOf('KUBE_TOKEN'),
    kubectl: async (...args) => (await run(kubectl, args, { env })).stdout,
    async apply(manifests) {
      const child = spawn(kubectl, ['apply', '-f', '-'], {
        env,
        stdio: ['pipe', 'ignore', 'inherit'],
      });
      child.stdin.end(manifests);
      const [code] = await once(child, 'close');
      if (code !== 0) throw new Error(`kubectl apply ended with ${code}`);
    },
    requests: () => readRequests(path.join(home, 'logs/audit.log')),
    signal: signal => process.kill(apiServer, signal),
    async close() {
      process.kill(apiServer, 'SIGCONT');
      await run(script, ['down', home]);
    },
  };
}

interface AuditEvent {
  verb: string;
  requestURI: string;
  user: { username: string };
}

function readRequests(file: string) {
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(line => line.includes('day2-lab:day2-reader') && line.endsWith('}'))
    .map((line): AuditEvent => JSON.parse(line))
    .map(({ verb, requestURI: uri }) => ({ verb, uri }));
}
