import { ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { openSync, closeSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import https from 'node:https';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCertificates } from 'sandbox';

export interface ApiServer {
  url: string;
  caPem: string;
  adminToken: string;
  /** May list and watch ConfigMaps, and nothing else. */
  readerToken: string;
  /** As SIGKILL, for tests of death. */
  kill(): void;
  close(): Promise<void>;
}

async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<net.Server>(resolve => {
          const server = net.createServer();
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map(
    server => (server.address() as net.AddressInfo).port,
  );
  await Promise.all(
    servers.map(server => new Promise(resolve => server.close(resolve))),
  );
  return ports;
}

function isReady(options: { url: string; ca: string; token: string }) {
  return new Promise<boolean>(resolve => {
    https
      .get(
        `${options.url}/readyz`,
        {
          ca: options.ca,
          agent: false,
          headers: { authorization: `Bearer ${options.token}` },
        },
        response => {
          response.resume();
          resolve(response.statusCode === 200);
        },
      )
      .on('error', () => resolve(false));
  });
}

/** Starts the etcd and kube-apiserver that `KUBEBUILDER_ASSETS` names, as envtest does, on free ports of 127.0.0.1. */
export async function startKubeApiServer(assets: string): Promise<ApiServer> {
  const folder = await mkdtemp(join(tmpdir(), 'day2-kube-'));
  const [etcd, peer, port] = await freePorts(3);
  const file = (name: string) => join(folder, name);
  const { caPem, certPem, keyPem } = createCertificates();
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  await writeFile(file('server.crt'), certPem);
  await writeFile(file('server.key'), keyPem);
  await writeFile(file('sa.key'), privateKey);
  await writeFile(
    file('tokens.csv'),
    'admin-token,admin,1,"system:masters"\nreader-token,reader,2,""\n',
  );
  const children: ChildProcess[] = [];
  const start = (program: string, args: string[]) => {
    const log = openSync(file(`${program}.log`), 'a');
    children.push(
      spawn(join(assets, program), args, { stdio: ['ignore', log, log] }),
    );
    closeSync(log);
  };
  const close = async () => {
    for (const child of children.reverse()) {
      if (child.exitCode === null && child.signalCode === null) {
        const gone = new Promise(resolve => child.once('exit', resolve));
        child.kill('SIGKILL');
        await gone;
      }
    }
    await rm(folder, { recursive: true, force: true });
  };
  start('etcd', [
    '--name=test',
    `--data-dir=${file('etcd')}`,
    '--unsafe-no-fsync',
    '--log-level=warn',
    `--listen-client-urls=http://127.0.0.1:${etcd}`,
    `--advertise-client-urls=http://127.0.0.1:${etcd}`,
    `--listen-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
    `--initial-cluster=test=http://127.0.0.1:${peer}`,
  ]);
  start('kube-apiserver', [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    '--bind-address=127.0.0.1',
    `--secure-port=${port}`,
    '--endpoint-reconciler-type=none',
    '--service-cluster-ip-range=10.96.0.0/16',
    '--disable-admission-plugins=ServiceAccount',
    `--tls-cert-file=${file('server.crt')}`,
    `--tls-private-key-file=${file('server.key')}`,
    `--token-auth-file=${file('tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc.cluster.local',
    `--service-account-signing-key-file=${file('sa.key')}`,
    `--service-account-key-file=${file('sa.key')}`,
  ]);
  const url = `https://127.0.0.1:${port}`;
  const deadline = Date.now() + 90_000;
  while (!(await isReady({ url, ca: caPem, token: 'admin-token' }))) {
    if (Date.now() > deadline || children.some(c => c.exitCode !== null)) {
      const log = readFileSync(file('kube-apiserver.log'), 'utf8');
      await close();
      throw new Error(`kube-apiserver did not start:\n${log.slice(-2000)}`);
    }
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
  return {
    url,
    caPem,
    adminToken: 'admin-token',
    readerToken: 'reader-token',
    kill: () => children[1].kill('SIGKILL'),
    close,
  };
}
