import Grid from '@material-ui/core/Grid';
import Typography from '@material-ui/core/Typography';
import { Content } from '@backstage/core-components';
import {
  createFrontendPlugin,
  PageBlueprint,
} from '@backstage/frontend-plugin-api';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { createEntity } from '../src/__fixtures__/entities';
import { reportStates } from '../src/__fixtures__/states';
import { CardFrame } from '../src/components/frame';
import { OperationsCard } from '../src/entity/OperationsCard';
import { EntityCardFrame } from '../src/frames/EntityCardFrame';
import { LegacyFleetPage } from '../src/frames/LegacyFleetPage';
import { LegacyCardFrame } from '../src/frames/LegacyCardFrame';

function States(props: { frame: CardFrame }) {
  return (
    <Content>
      <Grid container spacing={3}>
        {Object.keys(reportStates).map(name => (
          <Grid item xs={12} lg={6} key={name}>
            <Typography variant="subtitle2">{name}</Typography>
            <EntityProvider entity={createEntity(name)}>
              <OperationsCard frame={props.frame} />
            </EntityProvider>
          </Grid>
        ))}
      </Grid>
    </Content>
  );
}

const statesPage = PageBlueprint.make({
  name: 'new',
  params: {
    path: '/states',
    title: 'States',
    loader: async () => <States frame={EntityCardFrame} />,
  },
});

const legacyStatesPage = PageBlueprint.make({
  name: 'legacy',
  params: {
    path: '/states-legacy',
    title: 'States, legacy',
    loader: async () => <States frame={LegacyCardFrame} />,
  },
});

const legacyFleetPage = PageBlueprint.make({
  name: 'legacy-fleet',
  params: {
    path: '/legacy-day2',
    title: 'Day 2, legacy',
    noHeader: true,
    loader: async () => <LegacyFleetPage />,
  },
});

export const statesPlugin = createFrontendPlugin({
  pluginId: 'day2-states',
  extensions: [statesPage, legacyStatesPage, legacyFleetPage],
});
