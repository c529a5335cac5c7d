import { isRecord } from '../cluster/json';
import { readCredentials } from '../company/credentials';
import type { WorkloadState } from '../company/trouble';
import type { Settings } from './settings';

/** What a person asks of the sandbox that runs. Every refusal is an error with a message for them. */
export interface AdminClient {
  act(action: string, input: Record<string, unknown>): Promise<unknown>;
  setFault(cluster: string, fault: Record<string, unknown>): Promise<void>;
  clearFaults(cluster: string): Promise<void>;
  clusters(): Promise<ClusterState[]>;
  workloads(cluster?: string): Promise<(WorkloadState & { cluster: string })[]>;
}

export interface ClusterState {
  name: string;
  faults: Record<string, unknown>[];
  requests: number;
}

const TIMEOUT_MS = 10_000;

async function answerOf(response: Response): Promise<Record<string, unknown>> {
  const body: unknown = await response.json();
  if (response.ok && isRecord(body)) return body;
  const why = isRecord(body) ? String(body.error) : response.statusText;
  throw new Error(
    response.status === 401
      ? 'The sandbox that runs there has other credentials than this folder'
      : why,
  );
}

/** Talks to the admin API on the port of the settings, with the token kept in their folder. */
export function createAdminClient(settings: Settings): AdminClient {
  const base = `http://127.0.0.1:${settings.ports.admin}`;
  const ask = async (path: string, method: string, input?: unknown) => {
    const { tokens } = await readCredentials({ dir: settings.dir }).catch(
      () => {
        throw new Error(
          `There are no credentials in ${settings.dir}: start the sandbox first, with yarn sandbox or npm start`,
        );
      },
    );
    const response = await fetch(`${base}${path}`, {
      method,
      headers: { Authorization: `Bearer ${tokens.adminApi}` },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(input === undefined ? {} : { body: JSON.stringify(input) }),
    }).catch(() => {
      throw new Error(
        `No sandbox answers at ${base}: start it with yarn sandbox or npm start`,
      );
    });
    return answerOf(response);
  };
  const faultsOf = (cluster: string) =>
    `/clusters/${encodeURIComponent(cluster)}/faults`;
  const act = async (action: string, input: Record<string, unknown>) =>
    (await ask(`/actions/${action}`, 'POST', input)).result;
  return {
    act,
    async setFault(cluster, fault) {
      await ask(faultsOf(cluster), 'POST', fault);
    },
    async clearFaults(cluster) {
      await ask(faultsOf(cluster), 'DELETE');
    },
    async clusters() {
      const { clusters } = await ask('/clusters', 'GET');
      return clusters as ClusterState[];
    },
    async workloads(cluster) {
      return (await act(
        'list',
        cluster ? { cluster } : {},
      )) as (WorkloadState & {
        cluster: string;
      })[];
    },
  };
}
