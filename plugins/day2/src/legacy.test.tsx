import { Route, Routes } from 'react-router-dom';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { createEntity, createSystem } from './__fixtures__/entities';
import { testApis } from './__testUtils__/testApis';
import {
  Day2Page,
  EntityAreaCard,
  EntityOperationsCard,
  EntityOperationsContent,
  EntityRollupCard,
  isDay2Available,
} from './legacy';

const mountedRoutes = {
  '/catalog/:namespace/:kind/:name': entityRouteRef,
};

describe('Day 2 on the legacy frontend system', () => {
  it('is a page with header and tabs', async () => {
    await renderInTestApp(
      <TestApiProvider apis={testApis()}>
        <Routes>
          <Route path="/day2/*" element={<Day2Page />} />
        </Routes>
      </TestApiProvider>,
      { mountedRoutes, routeEntries: ['/day2'] },
    );
    expect(
      await screen.findByRole('heading', { name: 'Day 2' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Services, worst first' }),
    ).toBeInTheDocument();
    await userEvent.click(screen.getByRole('tab', { name: 'Clusters' }));
    expect(
      await screen.findByRole('heading', { name: 'production' }),
    ).toBeInTheDocument();
  });

  it('has cards and content for the entity page', async () => {
    await renderInTestApp(
      <TestApiProvider apis={testApis()}>
        <EntityProvider entity={createEntity('gsv-api')}>
          <EntityOperationsCard />
          <EntityAreaCard area="workloads" />
          <EntityAreaCard area="backups" />
          <Routes>
            <Route path="/operations" element={<EntityOperationsContent />} />
          </Routes>
        </EntityProvider>
        <EntityProvider entity={createSystem()}>
          <EntityRollupCard />
        </EntityProvider>
      </TestApiProvider>,
      { mountedRoutes, routeEntries: ['/operations'] },
    );
    expect(await screen.findByText('Needs someone now.')).toBeInTheDocument();
    expect(
      await screen.findByRole('link', { name: '5 items' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('heading', { name: 'History' }),
    ).toBeInTheDocument();
    expect(
      await screen.findByRole('table', { name: 'Services that need someone' }),
    ).toBeInTheDocument();
    expect(screen.queryByText('Backups', { selector: 'span' })).toBeNull();
  });

  it('says which entities run', () => {
    expect(isDay2Available(createEntity('gsv-api'))).toBe(true);
    expect(isDay2Available(createSystem())).toBe(false);
  });
});
