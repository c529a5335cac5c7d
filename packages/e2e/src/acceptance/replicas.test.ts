import knex from 'knex';
import {
  createReader,
  people,
  Reader,
  waitUntilJudged,
} from './support/createReader';
import { Backend } from './support/startBackend';
import { hasPostgres, startPostgres } from './support/startPostgres';
import {
  companyServices,
  SandboxPortal,
  startSandboxPortal,
} from './support/startSandboxPortal';
import { verdicts, waitUntilBroken } from './support/verdicts';
import { waitFor } from './support/waitFor';

jest.setTimeout(240_000);

const wherePostgres = hasPostgres() ? describe : describe.skip;

/** 15 s until a lease runs out, 5 s until the next look at it, and a moment to be told of it. */
const TAKE_OVER_MS = 21_000;

const first = { namespace: 'gsv-prod', name: 'gsv-portal' };
const second = { namespace: 'platform-go', name: 'platform-go-api' };
const inStaging = { namespace: 'gsv-dev', name: 'gsv-portal' };

wherePostgres('two replicas on PostgreSQL', () => {
  let postgres: Awaited<ReturnType<typeof startPostgres>>;
  let portal: SandboxPortal;
  let replicas: Backend[];

  beforeAll(async () => {
    postgres = await startPostgres();
    portal = await startSandboxPortal({ postgres: postgres.connectionString });
    replicas = [portal.backend, await portal.start()];
  });

  afterAll(async () => {
    await portal?.close();
    await postgres?.stop();
  });

  it('lose, double and invent no transition when one of them is killed', async () => {
    const { sandbox } = portal;
    const readers = await Promise.all(
      replicas.map(({ url }) => createReader({ url, person: people.mara })),
    );
    for (const reader of readers) {
      await waitUntilJudged(reader, { services: companyServices, seconds: 90 });
    }
    sandbox.break('production', first, 'unready');
    for (const reader of readers) {
      await waitUntilBroken(reader, {
        ref: 'component:default/gsv-portal',
        reason: 'ReadinessFailing',
      });
    }
    const held = await Promise.all(readers.map(leasesHeld));
    expect(held.reduce((sum, count) => sum + count, 0)).toBe(2);
    const dying = held[0] > 0 ? 0 : 1;
    const [survivor] = readers.filter((_, index) => index !== dying);
    const before = await verdicts(survivor);
    const history = await transitions();
    expect(namesOf(history)).toEqual(['gsv-portal']);

    await replicas[dying].end('SIGKILL');
    for (const cluster of ['production', 'staging'] as const) {
      const service = cluster === 'production' ? second : inStaging;
      sandbox.break(cluster, service, 'imagePull');
    }
    const { ms } = await waitFor(
      async () => expect(await leasesHeld(survivor)).toBe(2),
      { seconds: 60 },
    );
    const shown = await waitUntilBroken(survivor, {
      ref: 'component:default/platform-go-api',
      reason: 'ImagePullBackOff',
    });
    process.stderr.write(
      `  taken over after ${Math.round(ms)} ms, right after ${Math.round(
        ms + shown,
      )} ms\n`,
    );
    expect(ms).toBeLessThan(TAKE_OVER_MS);
    await waitUntilBroken(survivor, {
      ref: 'component:default/gsv-portal',
      reason: 'ImagePullBackOff',
    });

    const after = await verdicts(survivor);
    const same = [...before].filter(
      ([id, { verdict }]) => after.get(id)?.verdict === verdict,
    );
    expect(same.length).toBeGreaterThan(80);
    for (const [id, { since }] of same) {
      expect(after.get(id)?.since).toBe(since);
    }
    const grown = await transitions();
    expect(grown.slice(0, history.length)).toEqual(history);
    const fresh = grown.slice(history.length);
    expect(namesOf(fresh).sort()).toEqual(['gsv-portal', 'platform-go-api']);
    expectChains(grown);
  });

  async function transitions(): Promise<Transition[]> {
    const database = knex({
      client: 'pg',
      connection: postgres.connectionString.replace(
        /postgres$/,
        'backstage_plugin_day2',
      ),
    });
    try {
      return await database<Transition>('transitions')
        .select('id', 'item_id', 'name', 'from_health', 'to_health', 'type')
        .orderBy('id');
    } finally {
      await database.destroy();
    }
  }
});

interface Transition {
  id: number;
  item_id: string;
  name: string;
  from_health: string | null;
  to_health: string | null;
  type: string;
}

/** What is doubled or lost breaks the chain of an item: each begins where the one before ended, and changes something. */
function expectChains(rows: readonly Transition[]) {
  const last = new Map<string, string | null>();
  const verdictsOnly = rows.filter(({ type }) => type === 'verdict');
  expect(verdictsOnly).not.toHaveLength(0);
  for (const row of verdictsOnly) {
    if (last.has(row.item_id)) {
      expect(row.from_health).toBe(last.get(row.item_id));
    }
    last.set(row.item_id, row.to_health);
  }
}

async function leasesHeld(reader: Reader): Promise<number> {
  const { text } = await reader.get('/metrics');
  return Number(/^day2_leases_held (\d+)$/m.exec(text)?.[1]);
}

function namesOf(rows: readonly Transition[]) {
  return [...new Set(rows.map(({ name }) => name))];
}
