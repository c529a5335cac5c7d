import { screen, waitFor } from '@testing-library/react';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { renderInTestApp, TestApiProvider } from '@backstage/test-utils';
import { createEntity } from '../__fixtures__/entities';
import { FakeDay2Api } from '../__fixtures__/FakeDay2Api';
import { reportStates } from '../__fixtures__/states';
import { findA11yProblems, testApis } from '../__testUtils__/testApis';
import { CardFrame } from '../components/frame';
import { EntityCardFrame } from '../frames/EntityCardFrame';
import { LegacyCardFrame } from '../frames/LegacyCardFrame';
import { clustersLinkRef } from '../routes';
import { OperationsCard } from './OperationsCard';

async function renderState(state: string, frame: CardFrame = EntityCardFrame) {
  const api = new FakeDay2Api(Date.now(), {
    getService: async () => reportStates[state](Date.now()),
  });
  return renderInTestApp(
    <TestApiProvider apis={testApis(api)}>
      <EntityProvider entity={createEntity('gsv-api')}>
        <OperationsCard frame={frame} />
      </EntityProvider>
    </TestApiProvider>,
    {
      mountedRoutes: {
        '/catalog/:namespace/:kind/:name': entityRouteRef,
        '/day2/clusters': clustersLinkRef,
      },
    },
  );
}

/** Label of the card, and the sentence or the next step that a person reads. */
const states: [string, string | undefined, RegExp][] = [
  ['data', 'Degraded', /Cluster staging is silent since/],
  ['finding', 'Degraded', /Next: Raise the memory limit of container api/],
  ['healthy', 'Healthy', /3 of 3 pods are ready\./],
  ['all-areas', 'Degraded', /3 of 5 areas need someone now\./],
  ['loading', undefined, /Loading/],
  [
    'error',
    undefined,
    /The portal answered 503 \(Service Unavailable\) at \d\d:\d\d\. The rest of the page is not affected\..*request 7f3a91.*tries again in/,
  ],
  ['unreachable', undefined, /The portal did not answer at/],
  [
    'stale',
    'Unknown · was degraded',
    /Next: See why the cluster does not answer/,
  ],
  ['never-read', 'Unknown · never read', /being read for the first time/],
  [
    'forbidden',
    'Unknown · forbidden',
    /Next: Give Day 2 the right that is missing/,
  ],
  ['not-installed', 'Unknown · not installed', /does not know kind TaskRun/],
  [
    'unsupported',
    'Unknown · unsupported',
    /Serves v1alpha2; v1beta1 is needed\./,
  ],
  ['source-error', 'Unknown · source error', /failed on this object/],
  ['no-destination', 'Unknown · no destination', /day2\.clusters\[\]\.aliases/],
  ['nothing-found', 'Unknown · nothing found', /nothing there matches\./],
];

describe('OperationsCard', () => {
  it.each(states)(
    'shows the state %s with its words',
    async (state, label, words) => {
      const { container } = await renderState(state);
      await waitFor(() => expect(container).toHaveTextContent(words));
      const heading = screen.getByRole('heading', { level: 3 });
      expect(heading).toHaveTextContent(`Operations${label ?? ''}`);
      // Unknown is never green, nor is any part of its row.
      const green = screen.queryAllByText('Healthy');
      expect(label?.startsWith('Unknown') ? green : []).toEqual([]);
      expect(await findA11yProblems(container)).toEqual([]);
    },
  );

  it('has a fixture and words for every state', () => {
    const tested = states.map(([state]) => state);
    expect([...tested, 'denied'].sort()).toEqual(
      Object.keys(reportStates).sort(),
    );
  });

  it.each([
    ['new', EntityCardFrame],
    ['legacy', LegacyCardFrame],
  ])(
    'is absent in the %s frame when the service may not be seen',
    async (_, frame) => {
      await renderState('denied', frame);
      await waitFor(() => expect(screen.queryByText('Loading')).toBeNull());
      expect(screen.queryByText('Operations')).toBeNull();
    },
  );

  it('says the same in the legacy frame, and clean', async () => {
    const { container } = await renderState('finding', LegacyCardFrame);
    expect(await screen.findByText(/Needs someone now/)).toBeInTheDocument();
    expect(screen.getByText(/It began 3.min after/)).toBeInTheDocument();
    expect(await findA11yProblems(container)).toEqual([]);
  });
});
