import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { Day2Api } from '../api/types';
import { createEntity } from '../__fixtures__/entities';
import { FakeDay2Api } from '../__fixtures__/FakeDay2Api';
import { otherItems, workloadItems } from '../__fixtures__/items';
import { momentsBefore } from '../__fixtures__/moments';
import { createReport } from '../__fixtures__/reports';
import { findA11yProblems, testApis } from '../__testUtils__/testApis';
import { OperationsTab } from './OperationsTab';

async function renderTab(answers: Partial<Day2Api> = {}, address = '/') {
  const api = new FakeDay2Api(Date.now(), answers);
  return renderInTestApp(
    <TestApiProvider apis={testApis(api)}>
      <EntityProvider entity={createEntity('gsv-api')}>
        <OperationsTab />
      </EntityProvider>
    </TestApiProvider>,
    {
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
      routeEntries: [address],
    },
  );
}

const worst = 'Evidence for Deployment gsv-api, production / gsv-prod';
const budget =
  'Evidence for PodDisruptionBudget gsv-api, production / gsv-prod';

describe('OperationsTab', () => {
  it('opens the worst item with pods, change and limits; others open and close by keyboard', async () => {
    const { container } = await renderTab();
    const button = await screen.findByRole('button', { name: worst });
    expect(button).toHaveAttribute('aria-expanded', 'true');
    const pods = screen.getByRole('group', { name: 'Pods, scrolls sideways' });
    expect(within(pods).getAllByRole('row')).toHaveLength(5);
    expect(
      within(pods).getByTitle('gsv-api-7d9f8b6c54-2xkqp'),
    ).toHaveTextContent('…54-2xkqp');
    expect(container).toHaveTextContent(
      /3.min earlier: image gsv-api:1\.41\.3 → gsv-api:1\.42\.0/,
    );
    expect(container).toHaveTextContent('Memory: request 128Mi, limit 256Mi');
    expect(container).toHaveTextContent('CPU: request 250m, limit none');

    const other = screen.getByRole('button', { name: budget });
    expect(other).toHaveAttribute('aria-expanded', 'false');
    other.focus();
    await userEvent.keyboard('{Enter}');
    expect(other).toHaveAttribute('aria-expanded', 'true');
    expect(screen.getByText('InsufficientPods')).toBeInTheDocument();
    await userEvent.keyboard('{Enter}');
    expect(screen.queryByText('InsufficientPods')).toBeNull();
    expect(await findA11yProblems(container)).toEqual([]);
  });

  it('opens what the address names, and hides what it says', async () => {
    await renderTab(
      {},
      '/?item=production-poddisruptionbudget-gsv-api&healthy=0',
    );
    expect(await screen.findByRole('button', { name: budget })).toHaveAttribute(
      'aria-expanded',
      'true',
    );
    expect(screen.getByRole('button', { name: worst })).toHaveAttribute(
      'aria-expanded',
      'false',
    );
    expect(screen.getByText('2 items are filtered out.')).toBeInTheDocument();
    await userEvent.click(screen.getByLabelText('Healthy items'));
    expect(screen.queryByText('2 items are filtered out.')).toBeNull();
  });

  it('says what is not known beside what is, with ages', async () => {
    const { container } = await renderTab();
    await screen.findByRole('button', { name: worst });
    expect(container).toHaveTextContent(/staging is silent for 18.min\./);
    expect(container).toHaveTextContent(
      /Last known at .*: 1 of 1 pod is ready\./,
    );
    const times = container.querySelectorAll('time[datetime]');
    expect(times.length).toBeGreaterThan(8);
    expect(screen.getByText('claimed')).toBeInTheDocument();
  });

  it('draws history with a sentence, and as a table', async () => {
    await renderTab();
    expect(
      await screen.findByRole('img', {
        name: /^Health per area from .* Workloads needed attention 2 times, worst degraded\.$/,
      }),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show as table' }),
    );
    const table = screen.getByRole('group', {
      name: 'Changes, scrolls sideways',
    });
    expect(within(table).getByText('flapping, 7 times')).toBeInTheDocument();
    expect(within(table).getAllByRole('row')).toHaveLength(3);
  });

  it('loads log lines and events only when asked, and shows the rule that is missing', async () => {
    const getEvents = jest.fn<ReturnType<Day2Api['getEvents']>, []>(
      async () => ({
        events: [],
        truncated: false,
        problem: {
          reason: 'Forbidden',
          message: 'Day 2 may not read events in production.',
          missingRule: '- resources: [events]',
        },
      }),
    );
    const api = new FakeDay2Api();
    const getLogs = jest.fn(api.getLogs);
    await renderTab({ getEvents, getLogs });
    await screen.findByRole('button', { name: worst });
    expect(getEvents).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Load events' }));
    expect(
      await screen.findByText('- resources: [events]'),
    ).toBeInTheDocument();
    await userEvent.click(
      screen.getByRole('button', { name: 'Load last log lines' }),
    );
    expect(
      await screen.findByText(/heap 251 MiB of 256 MiB/),
    ).toBeInTheDocument();
    expect(getLogs).toHaveBeenCalledWith({
      entityRef: 'component:default/gsv-api',
      itemId: 'production-deployment-gsv-api',
      pod: 'gsv-api-7d9f8b6c54-2xkqp',
      container: 'api',
      previous: true,
    });
    await userEvent.click(
      screen.getByRole('button', { name: 'Since the last restart' }),
    );
    await waitFor(() =>
      expect(getLogs).toHaveBeenLastCalledWith(
        expect.objectContaining({ previous: false }),
      ),
    );
  });

  it('needs nothing but data for areas that other sources bring', async () => {
    const ago = momentsBefore(Date.now());
    const report = createReport(Date.now(), [
      ...workloadItems(ago),
      ...otherItems(ago),
    ]);
    const { container } = await renderTab({ getService: async () => report });
    for (const name of [
      'Workloads',
      'Alerts',
      'Certificates',
      'Delivery',
      'Backups',
    ]) {
      expect(
        await screen.findByRole('heading', { level: 2, name }),
      ).toBeInTheDocument();
    }
    expect(await findA11yProblems(container)).toEqual([]);
  });
});
