import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'yaml';
import { homeFolder } from '../folders.mjs';
import { Problem } from '../Problem.mjs';
import { dim, say } from '../say.mjs';
import { createForwarder } from './createForwarder.mjs';
import { deriveEntities, PERSON } from './deriveEntities.mjs';
import { listWorkloads } from './listWorkloads.mjs';
import { readContexts } from './readContexts.mjs';

const VERSION_TIMEOUT_MS = 15_000;

/**
 * Serves contexts of a kubeconfig to the portal: a forwarder for each, a configuration that names them, and a catalog of
 * what runs there, both in the ignored folder `.day2/kubeconfig`.
 *
 * @param {{ file: string, contexts?: string[], allowWrites: boolean }} options
 * @returns {Promise<{ configFile: string, env: Record<string, string>, person: string, what: string, close(): Promise<void> }>}
 */
export async function serveKubeconfig({ file, contexts, allowWrites }) {
  const opened = await readContexts({ file, contexts });
  const clusters = [];
  const close = async () => {
    await Promise.all(clusters.map(cluster => cluster.close()));
  };
  try {
    for (const { name, server, authenticate } of opened) {
      const forwarder = await createForwarder({
        server,
        authenticate,
        allowWrites,
      });
      clusters.push({ name, server, ...forwarder });
    }
    for (const cluster of clusters) {
      await checkReachable(cluster);
    }
    const folder = path.join(homeFolder(), 'kubeconfig');
    await mkdir(folder, { recursive: true });
    await writeCatalog(folder, clusters);
    return {
      configFile: await writeConfig(folder, clusters),
      env: tokenVariables(clusters),
      person: PERSON,
      what: `${clusters.map(cluster => cluster.name).join(', ')}, ${
        allowWrites ? 'and may change things there' : 'read only'
      }`,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function checkReachable({ name, server, url, token }) {
  const answer = await fetch(`${url}/version`, {
    headers: { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(VERSION_TIMEOUT_MS),
  }).catch(() => undefined);
  if (answer?.ok) {
    const { gitVersion } = await answer.json();
    say(dim(`  ${name}: Kubernetes ${gitVersion} at ${server}`));
    return;
  }
  const status = await answer?.json().catch(() => undefined);
  const why = answer
    ? status?.message ?? `it answers with status ${answer.status}`
    : `no answer within ${VERSION_TIMEOUT_MS / 1000} seconds`;
  throw new Problem(
    `Cluster ${name} at ${server} cannot be reached: ${why}`,
    `See whether \`kubectl --context ${name} version\` works: VPN, log-in, expired certificate?`,
  );
}

async function writeCatalog(folder, clusters) {
  const all = [];
  for (const cluster of clusters) {
    const { workloads, problems } = await listWorkloads(cluster);
    all.push(...workloads);
    for (const problem of problems) {
      say(`  ${cluster.name}: ${problem}`);
    }
  }
  const { entities, services } = deriveEntities(all);
  say(dim(`  ${services} services derived from ${all.length} workloads`));
  const text = entities.map(one => stringify(one)).join('---\n');
  await writeFile(path.join(folder, 'catalog.yaml'), text);
}

const variable = index => `DAY2_FORWARDER_TOKEN_${index}`;

/** Tokens go through the environment, never into a file. */
function tokenVariables(clusters) {
  return Object.fromEntries(
    clusters.map(({ token }, index) => [variable(index), token]),
  );
}

async function writeConfig(folder, clusters) {
  const config = {
    organization: { name: 'Your clusters' },
    auth: {
      providers: {
        demo: {
          users: [
            {
              entityRef: PERSON,
              name: 'You',
              team: 'Whoever started this portal',
              sees: `Sees everything in ${clusters
                .map(({ name }) => name)
                .join(', ')}.`,
            },
          ],
        },
      },
    },
    catalog: {
      locations: [{ type: 'file', target: path.join(folder, 'catalog.yaml') }],
    },
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: clusters.map(({ name, url }, index) => ({
            name,
            url,
            authProvider: 'serviceAccount',
            serviceAccountToken: `\${${variable(index)}}`,
          })),
        },
      ],
    },
    day2: { clusters: clusters.map(({ name }) => ({ name })) },
  };
  const file = path.join(folder, 'app-config.yaml');
  await writeFile(
    file,
    `# Written by each start with --kubeconfig.\n${stringify(config)}`,
  );
  return file;
}
