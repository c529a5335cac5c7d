import { PermissionsService } from '@backstage/backend-plugin-api';
import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import { ReadStore } from '../model/reads';
import { Visibility } from '../visibility/types';
import { ReadHandlerDeps } from './readHandler';

export interface RouterDeps extends ReadHandlerDeps {
  permissions: PermissionsService;
  visibility: Visibility;
  reads: ReadStore;
  /** For logs and events on demand; absent while no cluster can be reached at all. */
  gateway(): ClusterGateway | undefined;
  /** Counts one on-demand read of a user; throws when it is one too many. */
  limitOnDemand(user: string): void;
  /** Why Day 2 sees no cluster, when it sees none. */
  problem(): { reason: string; message: string } | undefined;
}
