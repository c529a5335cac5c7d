import {
  createApiFactory,
  discoveryApiRef,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { Day2Client } from './api/Day2Client';
import { day2ApiRef } from './api/types';
import { LiveQueries, liveQueriesApiRef } from './live/LiveQueries';

export const day2ApiFactory = createApiFactory({
  api: day2ApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new Day2Client(deps),
});

export const liveQueriesApiFactory = createApiFactory({
  api: liveQueriesApiRef,
  deps: {},
  factory: () => new LiveQueries(),
});
