import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { entityRouteRef } from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { Day2Api } from '../api/types';
import { FakeDay2Api } from '../__fixtures__/FakeDay2Api';
import { findA11yProblems, testApis } from '../__testUtils__/testApis';
import { fleetLinkRef } from '../routes';
import { Clusters } from './Clusters';

const renderClusters = (answers: Partial<Day2Api> = {}) =>
  renderInTestApp(
    <TestApiProvider apis={testApis(new FakeDay2Api(Date.now(), answers))}>
      <Clusters />
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/day2': fleetLinkRef,
      },
    },
  );

describe('Clusters', () => {
  it('shows the silent one first, with nothing green in it', async () => {
    const { container } = await renderClusters();
    const headings = await screen.findAllByRole('heading', { level: 2 });
    expect(headings.map(each => each.textContent)).toEqual([
      'staging',
      'production',
      'analytics',
    ]);
    const staging = screen.getByRole('region', { name: 'staging' });
    expect(staging).toHaveTextContent(/The API server does not answer since/);
    expect(staging).toHaveTextContent(/We keep trying, next in \d+.s\./);
    expect(within(staging).queryByText('Healthy')).toBeNull();
    expect(container).toHaveTextContent(
      '1 of 3 clusters is watched·1 with a gap·1 silent·1 cannot be watched',
    );
    expect(await findA11yProblems(container)).toEqual([]);
  });

  it('says per kind what is missing and how to get it', async () => {
    // jsdom has no clipboard.
    document.execCommand = () => true;
    await renderClusters();
    const production = await screen.findByRole('region', {
      name: 'production',
    });
    expect(
      within(production).getByRole('group', {
        name: 'ClusterRole rules to add',
      }),
    ).toHaveTextContent('resources: [taskruns]');
    await userEvent.click(
      within(production).getByRole('button', { name: 'Copy rule' }),
    );
    expect(within(production).getByText('Copied')).toBeInTheDocument();
    const rows = within(production)
      .getAllByRole('row')
      .map(row => row.textContent);
    expect(rows[1]).toMatch(
      /TaskRun.*Unknown · forbidden.*never.*Add the rule above\./,
    );
    expect(rows[2]).toMatch(
      /PodGroup.*Unknown · unsupported.*v1beta1 is needed/,
    );
    expect(rows[3]).toMatch(/Deployment.*Healthy.*63/);
    expect(production).toHaveTextContent(
      'Not installed, so not watched: Kustomization',
    );
    expect(production).toHaveTextContent('The token may list secrets');
    expect(
      within(production).getByRole('link', { name: '12' }),
    ).toHaveAttribute(
      'href',
      expect.stringContaining('/day2/needs-attention?cluster=production'),
    );
  });

  it('says when the kubernetes plugin is missing', async () => {
    await renderClusters({
      listClusters: async () => ({
        items: [],
        problem: {
          reason: 'NotConfigured',
          message:
            'Day 2 sees clusters through the kubernetes plugin, which is not installed in this portal.',
        },
      }),
    });
    expect(
      await screen.findByText('Day 2 sees no clusters'),
    ).toBeInTheDocument();
    expect(
      screen.getByText(/which is not installed in this portal/),
    ).toBeInTheDocument();
  });

  it('says when there is no cluster', async () => {
    await renderClusters({
      listClusters: async () => ({ items: [], problem: null }),
    });
    expect(
      await screen.findByText('No cluster is configured'),
    ).toBeInTheDocument();
  });
});
