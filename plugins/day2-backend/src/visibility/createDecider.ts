import {
  BackstageCredentials,
  LoggerService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { ServiceUnavailableError } from '@backstage/errors';
import {
  AuthorizeResult,
  createPermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import { day2ServiceReadPermission } from '@day2ops/backstage-plugin-day2-common';
import {
  catalogPluginId,
  Criteria,
  criteriaSchema,
  entityResourceType,
} from './criteria';

/** As the catalog defines it. */
const catalogEntityReadPermission = createPermission({
  name: 'catalog.entity.read',
  attributes: { action: 'read' },
  resourceType: entityResourceType,
});

/** Both must allow. So who has restricted his catalog has restricted Day 2 before he knows of it. */
export const servicePermissions = [
  catalogEntityReadPermission,
  day2ServiceReadPermission,
];

/** What a reader may see: everything, nothing, or what meets the criteria. */
export type Decision = 'all' | 'none' | { criteria: Criteria };

/**
 * Asks for both permissions in one question.
 *
 * @returns a function that throws a ServiceUnavailableError when the permission framework does not answer
 */
export function createDecider(options: {
  permissions: PermissionsService;
  logger: LoggerService;
}): (credentials: BackstageCredentials) => Promise<Decision> {
  const { permissions, logger } = options;
  return async credentials => {
    let decisions: PolicyDecision[];
    try {
      decisions = await permissions.authorizeConditional(
        servicePermissions.map(permission => ({ permission })),
        { credentials },
      );
    } catch (error) {
      throw new ServiceUnavailableError(
        'Permissions cannot be asked which services may be seen',
        error,
      );
    }
    const parts = servicePermissions.map((permission, index) =>
      readDecision({
        decision: decisions[index],
        name: permission.name,
        logger,
      }),
    );
    if (parts.includes('none')) {
      return 'none';
    }
    const criteria = parts.flatMap(part =>
      typeof part === 'object' ? part.criteria : [],
    );
    if (criteria.length === 0) {
      return 'all';
    }
    return {
      criteria: criteria.length === 1 ? criteria[0] : { allOf: criteria },
    };
  };
}

function readDecision(options: {
  decision: PolicyDecision | undefined;
  name: string;
  logger: LoggerService;
}): Decision {
  const { decision, name, logger } = options;
  if (decision?.result === AuthorizeResult.ALLOW) {
    return 'all';
  }
  if (decision?.result !== AuthorizeResult.CONDITIONAL) {
    return 'none';
  }
  const { pluginId, resourceType } = decision;
  const parsed = criteriaSchema.safeParse(decision.conditions);
  if (
    pluginId !== catalogPluginId ||
    resourceType !== entityResourceType ||
    !parsed.success
  ) {
    logger.warn(
      `Denied ${name}: the policy answered with conditions of plugin ${pluginId} on ${resourceType}, and Day 2 knows those of plugin ${catalogPluginId} on ${entityResourceType}`,
    );
    return 'none';
  }
  return { criteria: parsed.data };
}
