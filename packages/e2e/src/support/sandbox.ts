import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Trouble, WorkloadName } from 'sandbox';
import { home, ports } from './ports';

type Workload = WorkloadName & { cluster: string };

/** The hands of `yarn sandbox`, on the sandbox of the portal under test. */
export const sandbox = {
  break: ({ cluster, namespace, name }: Workload, as: Trouble) =>
    ask('POST', '/actions/break', { cluster, namespace, workload: name, as }),
  mend: ({ cluster, namespace, name }: Workload) =>
    ask('POST', '/actions/mend', { cluster, namespace, workload: name }),
  cut: (cluster: string) =>
    ask('POST', `/clusters/${cluster}/faults`, { kind: 'cut' }),
  join: (cluster: string) => ask('DELETE', `/clusters/${cluster}/faults`),
} as const;

async function ask(
  method: string,
  at: string,
  input?: Record<string, string>,
): Promise<void> {
  const file = path.join(home, 'sandbox/credentials.json');
  const { tokens } = JSON.parse(await readFile(file, 'utf8'));
  const response = await fetch(
    `http://127.0.0.1:${ports.DAY2_SANDBOX_ADMIN_PORT}${at}`,
    {
      method,
      headers: { Authorization: `Bearer ${tokens.adminApi}` },
      ...(input && { body: JSON.stringify(input) }),
    },
  );
  const answer = await response.text();
  if (!response.ok) {
    throw new Error(`The sandbox refused ${method} ${at}: ${answer}`);
  }
}
