import { mockCredentials } from '@backstage/backend-test-utils';
import {
  catalogEntityCreatePermission,
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  Permission,
} from '@backstage/plugin-permission-common';
import {
  day2ClusterReadPermission,
  day2LogsReadPermission,
  day2MetricsReadPermission,
  day2ServiceReadPermission,
} from '@day2ops/backstage-plugin-day2-common';
import { DemoPolicy } from './DemoPolicy';

const policy = new DemoPolicy();

function person(userEntityRef: string, ...groups: string[]) {
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, ...groups],
    },
    identity: {
      type: 'user' as const,
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, ...groups],
    },
    token: 'none',
  };
}

const mara = person(
  'user:default/mara.lindqvist',
  'group:default/platform-team',
);
const jonas = person('user:default/jonas.weber', 'group:default/skillforge');
const decide = (permission: Permission, user?: typeof mara) =>
  policy.handle({ permission }, user);

describe('DemoPolicy', () => {
  it('lets the platform team do everything', async () => {
    for (const permission of [
      catalogEntityReadPermission,
      catalogEntityDeletePermission,
      day2ServiceReadPermission,
      day2ClusterReadPermission,
    ]) {
      expect(await decide(permission, mara)).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('shows everybody else the services they own, and whom they work with', async () => {
    const owned = {
      rule: 'IS_ENTITY_OWNER',
      resourceType: 'catalog-entity',
      params: {
        claims: ['user:default/jonas.weber', 'group:default/skillforge'],
      },
    };
    for (const permission of [
      day2ServiceReadPermission,
      day2LogsReadPermission,
      catalogEntityDeletePermission,
    ]) {
      expect(await decide(permission, jonas)).toEqual({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: { anyOf: [owned] },
      });
    }
    expect(await decide(catalogEntityReadPermission, jonas)).toMatchObject({
      conditions: {
        anyOf: [
          owned,
          { rule: 'IS_ENTITY_KIND', params: { kinds: ['User', 'Group'] } },
        ],
      },
    });
  });

  it('keeps clusters, metrics and changes of the catalog for the platform team', async () => {
    for (const permission of [
      day2ClusterReadPermission,
      day2MetricsReadPermission,
      catalogEntityCreatePermission,
    ]) {
      expect(await decide(permission, jonas)).toEqual({
        result: AuthorizeResult.DENY,
      });
    }
  });

  it('lets nobody in who is nobody', async () => {
    expect(await decide(catalogEntityReadPermission)).toEqual({
      result: AuthorizeResult.DENY,
    });
  });
});
