import {
  AuthService,
  BackstageCredentials,
  DiscoveryService,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  AuthorizeResult,
  BasicPermission,
} from '@backstage/plugin-permission-common';
import {
  day2ClusterReadPermission,
  day2MetricsReadPermission,
} from '@day2ops/backstage-plugin-day2-common';
import { EntityMirror } from '../directory/types';
import { Clock } from '../model/time';
import { createCatalogEvaluator } from './createCatalogEvaluator';
import { createDecider, Decision, servicePermissions } from './createDecider';
import { createEvaluator } from './createEvaluator';
import { hashCriteria } from './criteria';
import { DecisionCache } from './DecisionCache';
import { mayAsk, readerOf } from './readerOf';
import { Visibility } from './types';
import { VisibleSetCache } from './VisibleSetCache';

/**
 * Readers' rights over the mirror of entities: a decision per user for ten seconds, a set per conditions for as long as
 * entities stay as they are, and a minute. A right that was lost shows for so long at most.
 */
export function createVisibility(options: {
  permissions: PermissionsService;
  auth: AuthService;
  discovery: DiscoveryService;
  mirror: Pick<EntityMirror, 'isReady' | 'entities' | 'generation'>;
  clock: Clock;
  logger: LoggerService;
}): Visibility {
  const { auth, mirror, clock } = options;
  const decide = createDecider(options);
  const evaluate = createEvaluator({
    mirror,
    askCatalog: createCatalogEvaluator(options),
  });
  const decisions = new DecisionCache<Decision>(clock);
  const may = createAsker(options);
  const sets = new VisibleSetCache(clock);

  async function decisionFor(
    credentials: BackstageCredentials,
  ): Promise<Decision> {
    const reader = readerOf(auth, credentials);
    if (!mayAsk(reader, servicePermissions)) {
      return 'none';
    }
    return reader.type === 'user'
      ? decisions.get(reader.entityRef, () => decide(credentials))
      : decide(credentials);
  }

  return {
    async services(credentials) {
      const decision = await decisionFor(credentials);
      if (decision === 'all') {
        return { ids: 'all', version: 'all' };
      }
      if (decision === 'none') {
        return { ids: new Set(), version: 'none' };
      }
      if (!mirror.isReady()) {
        throw new ServiceUnavailableError(
          'Catalog entities have not been read yet',
        );
      }
      const { criteria } = decision;
      return sets.get({
        key: hashCriteria(criteria),
        generation: mirror.generation(),
        evaluate: () => evaluate(criteria),
      });
    },
    mayReadClusters: credentials => may(credentials, day2ClusterReadPermission),
    mayReadMetrics: credentials => may(credentials, day2MetricsReadPermission),
  };
}

/** Permissions that are about no resource. */
function createAsker(options: {
  permissions: PermissionsService;
  auth: AuthService;
  clock: Clock;
}): (
  credentials: BackstageCredentials,
  permission: BasicPermission,
) => Promise<boolean> {
  const { permissions, auth, clock } = options;
  const answers = new DecisionCache<boolean>(clock);
  return async (credentials, permission) => {
    const reader = readerOf(auth, credentials);
    if (!mayAsk(reader, [permission])) {
      return false;
    }
    const ask = () => authorize({ permissions, credentials, permission });
    return reader.type === 'user'
      ? answers.get(`${permission.name} ${reader.entityRef}`, ask)
      : ask();
  };
}

async function authorize(options: {
  permissions: PermissionsService;
  credentials: BackstageCredentials;
  permission: BasicPermission;
}): Promise<boolean> {
  const { permissions, credentials, permission } = options;
  try {
    const [decision] = await permissions.authorize([{ permission }], {
      credentials,
    });
    return decision?.result === AuthorizeResult.ALLOW;
  } catch (error) {
    throw new ServiceUnavailableError(
      `Permissions cannot be asked for ${permission.name}`,
      error,
    );
  }
}
