import {
  check,
  checkDefinition,
  checkKey,
  checkKind,
  checkRule,
} from './support/checks';
import { createCompanyFor } from './support/createCompanyFor';
import {
  createReader,
  itemsOf,
  people,
  Reader,
  waitUntilJudged,
} from './support/createReader';
import {
  companyServices,
  SandboxPortal,
  startSandboxPortal,
} from './support/startSandboxPortal';
import { waitFor } from './support/waitFor';

jest.setTimeout(240_000);

describe('kinds that come and go', () => {
  // Day 2's reader may not list disruption budgets here.
  const company = createCompanyFor({
    more: [checkRule],
    without: ({ apiGroups }) => apiGroups?.includes('policy') ?? false,
  });
  let portal: SandboxPortal;
  let mara: Reader;

  beforeAll(async () => {
    portal = await startSandboxPortal({
      sandbox: company.options,
      day2: { kinds: [checkKind] },
    });
    mara = await createReader({ url: portal.backend.url, person: people.mara });
    await waitUntilJudged(mara, { services: companyServices, seconds: 90 });
  });

  afterAll(async () => {
    await portal?.close();
    company.close();
  });

  async function kindOf(cluster: string, name: string) {
    const { items } = await mara.clusters();
    const found = items.find(candidate => candidate.name === cluster);
    return found?.kinds.find(({ kind }) => kind === name);
  }

  it('are seen within a minute, and not seen any more when they are gone', async () => {
    const { store } = portal.sandbox.clusters.production;
    expect(await kindOf('production', 'Check')).toMatchObject({
      state: 'absent',
    });
    store.create(checkDefinition());
    store.create(check('smoke', { phase: 'Failed' }));
    const { ms: come } = await waitFor(
      async () => {
        const items = itemsOf(await mara.report('component:default/gsv-api'));
        expect(items).toContainEqual(
          expect.objectContaining({ kind: 'Check', health: 'critical' }),
        );
      },
      { seconds: 60 },
    );
    expect(await kindOf('production', 'Check')).toMatchObject({
      state: 'synced',
      objects: 1,
    });
    expect(await kindOf('staging', 'Check')).toMatchObject({ state: 'absent' });

    store.delete(checkKey('smoke'));
    store.delete({
      group: 'apiextensions.k8s.io',
      kind: 'CustomResourceDefinition',
      name: checkDefinition().metadata.name,
    });
    const { ms: go } = await waitFor(
      async () => {
        expect(await kindOf('production', 'Check')).toMatchObject({
          state: 'absent',
        });
        const items = itemsOf(await mara.report('component:default/gsv-api'));
        expect(items.map(({ kind }) => kind)).not.toContain('Check');
      },
      { seconds: 60 },
    );
    process.stderr.write(
      `  a kind: ms until it shows ${Math.round(
        come,
      )}, until it is gone ${Math.round(go)}\n`,
    );
  });

  it('differ from kinds that may not be read, and from a cluster that does not answer', async () => {
    expect(await kindOf('production', 'PodDisruptionBudget')).toMatchObject({
      state: 'forbidden',
      message: expect.stringContaining('poddisruptionbudgets'),
    });
    expect(await kindOf('production', 'Check')).toMatchObject({
      state: 'absent',
    });
    expect(await kindOf('production', 'Deployment')).toMatchObject({
      state: 'synced',
    });
    const { items } = await mara.clusters();
    expect(items[0].missingRules).toContain('poddisruptionbudgets');
    expect(items.map(({ state }) => state)).toEqual(['connected', 'connected']);

    portal.sandbox.cut('staging');
    await waitFor(
      async () => {
        const now = await mara.clusters();
        expect(
          Object.fromEntries(now.items.map(({ name, state }) => [name, state])),
        ).toEqual({ production: 'connected', staging: 'silent' });
      },
      { seconds: 90 },
    );
    const states = await Promise.all(
      [
        ['production', 'Deployment'],
        ['production', 'PodDisruptionBudget'],
        ['production', 'Check'],
        ['staging', 'Deployment'],
      ].map(async ([cluster, kind]) => (await kindOf(cluster, kind))?.state),
    );
    expect(states).toEqual(['synced', 'forbidden', 'absent', 'backoff']);
  });
});
