import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  AuthorizeResult,
  isResourcePermission,
  PolicyDecision,
} from '@backstage/plugin-permission-common';
import {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';

const PLATFORM_TEAM = 'group:default/platform-team';

/** People and teams are no secret: without them no page can say who owns what. */
const OPEN_KINDS = ['User', 'Group'];

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/**
 * The demo's policy. The platform team may do everything. Everybody else reads what they own; whatever of Day 2 is not
 * about an entity (clusters, metrics) stays with the platform team, and so does changing the catalog.
 */
export class DemoPolicy implements PermissionPolicy {
  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return deny;
    }
    const claims = user.info.ownershipEntityRefs;
    if (claims.includes(PLATFORM_TEAM)) {
      return allow;
    }
    if (isResourcePermission(permission, 'catalog-entity')) {
      return createCatalogConditionalDecision(permission, {
        anyOf: [
          catalogConditions.isEntityOwner({ claims }),
          ...(permission.name === 'catalog.entity.read'
            ? [catalogConditions.isEntityKind({ kinds: OPEN_KINDS })]
            : []),
        ],
      });
    }
    const isOfDay2 = permission.name.startsWith('day2.');
    const isRead = permission.attributes.action === 'read';
    return isRead && !isOfDay2 ? allow : deny;
  }
}
