import type { Clock } from './cluster/types';
import type { SandboxCluster } from './cluster/sandboxCluster';
import { createSystemClock } from './cluster/systemClock';
import { companyUsers } from './company/access';
import { sandboxActions } from './company/actions';
import type { Company } from './company/company';
import { createCompany } from './company/company';
import type { Credentials, SandboxTokens } from './company/credentials';
import { createCredentials } from './company/credentials';
import type { Trouble, WorkloadName } from './company/trouble';
import type { ClusterName } from './company/types';
import type { Fault } from './faults/faults';
import { startSandboxServer } from './server';

export interface SandboxOptions {
  /** The machine's clock by default; a test's own is never closed here. */
  clock?: Clock;
  /** Decides names, uids and everything left to chance; 1 by default. */
  seed?: string | number;
  /** Any free ones by default; without `admin` there is no admin API. */
  ports?: { production?: number; staging?: number; admin?: number };
  /** Made for this run by default. */
  credentials?: Credentials;
  /** Made at the clock's time by default; closed with the sandbox. */
  company?: Company;
  /** A defect of an actor; thrown on by default. */
  onError?: (actor: string, error: unknown) => void;
}

/** Both clusters of the company behind their APIs, and the hands to change what happens in them. */
export interface Sandbox {
  readonly clusters: Readonly<Record<ClusterName, SandboxCluster>>;
  readonly urls: Readonly<Record<ClusterName, string>>;
  readonly adminUrl?: string;
  readonly tokens: SandboxTokens;
  readonly caPem: string;
  readonly company: Company;
  /** Throws an error that names what exists when there is no such workload. */
  break(cluster: ClusterName, workload: WorkloadName, as: Trouble): void;
  mend(cluster: ClusterName, workload: WorkloadName): void;
  /** Cuts a cluster off, or does another of `FAULT_KINDS` to it. */
  cut(cluster: ClusterName, fault?: Fault): void;
  /** Lifts every fault of a cluster. */
  join(cluster: ClusterName): void;
  /** Ends every connection and timer. */
  close(): Promise<void>;
}

/** Starts the company's clusters on 127.0.0.1. When a port is taken, nothing stays open. */
export async function startSandbox(
  options: SandboxOptions = {},
): Promise<Sandbox> {
  const { ports = {}, onError, seed = 1 } = options;
  const credentials = options.credentials ?? createCredentials();
  const { tokens, caPem, keyPem, certPem } = credentials;
  const own = options.clock ? undefined : createSystemClock();
  const clock = options.clock ?? own ?? createSystemClock();
  const company =
    options.company ??
    createCompany({ clock, seed, users: companyUsers(tokens), onError });
  const { production, staging } = company.clusters;
  const end = () => {
    company.close();
    own?.close();
  };
  try {
    const server = await startSandboxServer({
      clusters: [production.cluster, staging.cluster],
      tls: { key: keyPem, cert: certPem },
      ports: [ports.production ?? 0, ports.staging ?? 0],
      ...(ports.admin === undefined
        ? {}
        : {
            admin: {
              port: ports.admin,
              token: tokens.adminApi,
              actions: sandboxActions(company),
            },
          }),
    });
    return {
      clusters: { production: production.cluster, staging: staging.cluster },
      urls: {
        production: server.url('production'),
        staging: server.url('staging'),
      },
      ...(server.adminUrl ? { adminUrl: server.adminUrl } : {}),
      tokens,
      caPem,
      company,
      break: (cluster, workload, as) =>
        company.clusters[cluster].hand.break(workload, as),
      mend: (cluster, workload) =>
        company.clusters[cluster].hand.mend(workload),
      cut: (cluster, fault = { kind: 'cut' }) =>
        company.clusters[cluster].cluster.faults.set(fault),
      join: cluster => company.clusters[cluster].cluster.faults.clear(),
      async close() {
        await server.close();
        end();
      },
    };
  } catch (error) {
    end();
    throw error;
  }
}
