import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { identityApiRef, storageApiRef } from '@backstage/core-plugin-api';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import {
  mockApis,
  renderInTestApp,
  TestApiProvider,
} from '@backstage/test-utils';
import { Day2Api, day2ApiRef } from '../api/types';
import { Day2RequestError } from '../api/Day2RequestError';
import { FakeDay2Api } from '../__fixtures__/FakeDay2Api';
import { ManualClock } from '../__testUtils__/ManualClock';
import { createServices, listServices } from '../__fixtures__/services';
import { findA11yProblems } from '../__testUtils__/testApis';
import { LiveQueries, liveQueriesApiRef } from '../live/LiveQueries';
import { clustersLinkRef } from '../routes';
import { NeedsAttention } from './NeedsAttention';

const identity = mockApis.identity({
  userEntityRef: 'user:default/mara',
  ownershipEntityRefs: ['user:default/mara', 'group:default/gsv-sre'],
});

async function renderFleet(
  options: {
    answers?: Partial<Day2Api>;
    address?: string;
    live?: LiveQueries;
  } = {},
) {
  const { answers, address = '/', live = new LiveQueries() } = options;
  const api = new FakeDay2Api(Date.now(), answers);
  const rendered = await renderInTestApp(
    <TestApiProvider
      apis={[
        [day2ApiRef, api],
        [liveQueriesApiRef, live],
        [identityApiRef, identity],
        [storageApiRef, mockApis.storage()],
      ]}
    >
      <NeedsAttention />
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/day2/clusters': clustersLinkRef,
      },
      routeEntries: [address],
    },
  );
  return { ...rendered, api };
}

const findTable = () =>
  screen.findByRole('table', { name: 'Services, worst first' });
const names = (table: HTMLElement) =>
  within(table)
    .getAllByRole('row')
    .slice(1)
    .map(row => within(row).getAllByRole('link')[0].textContent);

describe('NeedsAttention', () => {
  it('shows silent clusters, honest counts and the worst first, clean for axe', async () => {
    const { container, api } = await renderFleet();
    const table = await findTable();
    expect(names(table).slice(0, 3)).toEqual([
      'keycloak',
      'skillforge-postgres',
      'gsv-api',
    ]);
    expect(names(table)).not.toContain('platform-go-api');
    expect(container).toHaveTextContent(
      /Cluster staging has not answered for 18.min/,
    );
    expect(container).toHaveTextContent('6 of 13 services need attention');
    expect(container).toHaveTextContent('3 cannot be judged');
    expect(container).toHaveTextContent('4 are all right');
    expect(
      screen.getByRole('img', {
        name: /^Share of services: 2 critical, 2 degraded/,
      }),
    ).toBeInTheDocument();
    expect(api.asked[0]).toMatchObject({
      environment: ['production'],
      health: [
        'critical',
        'degraded',
        'warning',
        'unknown',
        'progressing',
        'suspended',
      ],
      sort: 'health',
      limit: 15,
    });
    expect(table).toHaveTextContent('CronJob report-rollup: Missed 3 runs');
    const [, row] = within(table).getAllByRole('row');
    expect(
      within(row).getByRole('img', { name: 'Backups: does not apply' }),
    ).toBeInTheDocument();
    expect(within(row).getByTitle('Workloads: Critical')).toBeInTheDocument();
    expect(within(row).getByRole('link', { name: 'keycloak' })).toHaveAttribute(
      'href',
      '/catalog/default/component/keycloak/operations',
    );
    expect(await findA11yProblems(container)).toEqual([]);
  });

  it('filters by number, chip, text and owner, and clears again', async () => {
    const { api } = await renderFleet();
    await findTable();
    await userEvent.click(screen.getByRole('button', { name: '2 Critical' }));
    await waitFor(async () =>
      expect(names(await findTable())[0]).toBe('gsv-api'),
    );

    await userEvent.click(screen.getByRole('button', { name: 'System' }));
    await userEvent.click(await screen.findByLabelText('skillforge (3)'));
    await userEvent.keyboard('{Escape}');
    await waitFor(async () =>
      expect(names(await findTable())).toEqual([
        'skillforge-media-transcoder-for-mobile-clients',
      ]),
    );
    expect(
      screen.getByRole('button', { name: 'System: skillforge' }),
    ).toHaveFocus();

    await userEvent.keyboard('/');
    const text = screen.getByRole('searchbox', { name: 'Filter by text' });
    expect(text).toHaveFocus();
    await userEvent.keyboard('nowhere');
    expect(
      await screen.findByText('No service matches these 3 filters'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Clear filters' }),
    );
    await waitFor(async () =>
      expect(names(await findTable())[0]).toBe('keycloak'),
    );

    await userEvent.click(screen.getByRole('button', { name: 'Mine (5)' }));
    await waitFor(() =>
      expect(api.asked.at(-1)).toMatchObject({
        owner: ['user:default/mara', 'group:default/gsv-sre'],
      }),
    );
  });

  it('asks for every environment where there is no production', async () => {
    const services = createServices(Date.now()).map(service => ({
      ...service,
      environments: ['dev'],
    }));
    const { api } = await renderFleet({
      answers: {
        async listServices(query) {
          api.asked.push(query);
          return listServices(services, query);
        },
      },
    });
    await findTable();
    expect(api.asked.map(query => query.environment)).toEqual([
      ['production'],
      [],
    ]);
  });

  it('announces a change, and does not move rows under the pointer', async () => {
    const clock = new ManualClock();
    const live = new LiveQueries({ clock, random: () => 0.5 });
    let services = createServices(Date.now());
    await renderFleet({
      live,
      answers: { listServices: async query => listServices(services, query) },
    });
    const tick = async (ms: number) => {
      await act(async () => clock.advance(ms));
    };
    await tick(0);
    const table = await findTable();
    const before = names(table);
    await userEvent.hover(table);
    services = services.map(service =>
      service.entityRef.endsWith('/gsv-worker')
        ? { ...service, health: 'critical' as const, reason: 'NoReadyPod' }
        : service,
    );
    await tick(60_000);
    expect(
      await screen.findByText('gsv-worker is now Critical'),
    ).toBeInTheDocument();
    expect(names(table)).toEqual(before);
    await userEvent.click(
      screen.getByRole('button', { name: /rows? changed: sort again$/ }),
    );
    expect(names(await findTable()).indexOf('gsv-worker')).toBeLessThan(3);
  });

  it('says that everything is all right, and offers all of it', async () => {
    const services = createServices(Date.now()).map(service => ({
      ...service,
      health: 'healthy' as const,
    }));
    const { container } = await renderFleet({
      answers: { listServices: async query => listServices(services, query) },
    });
    expect(
      await screen.findByText('All 13 services are all right.'),
    ).toBeInTheDocument();
    expect(await findA11yProblems(container)).toEqual([]);
    await userEvent.click(
      screen.getByRole('button', { name: 'Show all services' }),
    );
    expect(names(await findTable())).toHaveLength(13);
  });

  it('says that nothing is judged yet, and where to look', async () => {
    await renderFleet({
      answers: { listServices: async query => listServices([], query) },
    });
    expect(
      await screen.findByText('No service is judged yet'),
    ).toBeInTheDocument();
    expect(
      screen.getByRole('link', { name: 'See which clusters are read' }),
    ).toHaveAttribute('href', '/day2/clusters');
  });

  it('keeps the rows when a refresh fails, and says so; without rows it says what failed', async () => {
    const clock = new ManualClock();
    const live = new LiveQueries({ clock, random: () => 0.5 });
    let failing = false;
    const error = new Day2RequestError('down', {
      kind: 'failed',
      status: 503,
      statusText: 'Service Unavailable',
      at: Date.now(),
    });
    const answers: Partial<Day2Api> = {
      listServices: async query => {
        if (failing) {
          throw error;
        }
        return listServices(createServices(Date.now()), query);
      },
    };
    const { container, unmount } = await renderFleet({ live, answers });
    await act(async () => clock.advance(0));
    await findTable();
    failing = true;
    await act(async () => clock.advance(60_000));
    expect(container).toHaveTextContent(
      /Not refreshed since .* The portal answered 503/,
    );
    expect(names(await findTable())[0]).toBe('keycloak');
    unmount();

    const second = await renderFleet({ answers });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('This page could not be loaded');
    failing = false;
    expect(await findA11yProblems(second.container)).toEqual([]);
  });
});
