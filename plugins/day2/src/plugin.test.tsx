import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { createTestEntityPage } from '@backstage/plugin-catalog-react/testUtils';
import day2Plugin from '.';
import { createEntity, createSystem } from './__fixtures__/entities';
import { FakeDay2Api } from './__fixtures__/FakeDay2Api';
import { day2ApiRef } from './api/types';

const fakeApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: day2ApiRef,
      deps: {},
      factory: () => new FakeDay2Api(),
    }),
});

const plugin = day2Plugin.withOverrides({ extensions: [fakeApi] });

describe('Day 2 on the new frontend system', () => {
  it('is a page with the tabs Needs attention and Clusters, found by its title', async () => {
    renderTestApp({
      features: [plugin],
      // Names of services link to the catalog.
      extensions: [createTestEntityPage({ entity: createEntity('gsv-api') })],
      initialRouteEntries: ['/day2'],
    });
    expect(
      await screen.findByRole('table', { name: 'Services, worst first' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Clusters' }));
    expect(
      await screen.findByRole('heading', { name: 'staging' }),
    ).toBeInTheDocument();
  });

  it('gives a service its cards, and a tab', async () => {
    renderTestApp({
      features: [plugin],
      extensions: [createTestEntityPage({ entity: createEntity('gsv-api') })],
    });
    expect(await screen.findByText('Needs someone now.')).toBeInTheDocument();
    expect(
      screen.getByRole('heading', { name: /Operations.*Degraded/ }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: '5 items' }),
    ).toHaveAttribute('href', '/operations#workloads');
    expect(
      screen.queryByText('Services that need someone'),
    ).not.toBeInTheDocument();
  });

  it('gives a system the roll-up of its services, and no more', async () => {
    renderTestApp({
      features: [plugin],
      extensions: [createTestEntityPage({ entity: createSystem() })],
    });
    const table = await screen.findByRole('table', {
      name: 'Services that need someone',
    });
    expect(within(table).getAllByRole('row')).toHaveLength(6);
    expect(within(table).queryByText('skillforge-postgres')).toBeNull();
    await waitFor(() =>
      expect(screen.queryByText('Needs someone now.')).toBeNull(),
    );
  });

  it('leaves alone what does not run', async () => {
    const entity = {
      ...createEntity('lib'),
      metadata: { name: 'lib', namespace: 'default' },
      spec: { type: 'library' },
    };
    renderTestApp({
      features: [plugin],
      extensions: [createTestEntityPage({ entity })],
    });
    await waitFor(() => expect(document.body.textContent).not.toBe(''));
    expect(screen.queryByText('Operations')).toBeNull();
  });
});
