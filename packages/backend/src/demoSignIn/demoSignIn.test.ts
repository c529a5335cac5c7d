import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import authPlugin from '@backstage/plugin-auth-backend';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { demoAuthenticator } from './demoAuthenticator';
import demoSignIn from '.';

const jonas = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'jonas.weber' },
  spec: { memberOf: ['skillforge'] },
  relations: [{ type: 'memberOf', targetRef: 'group:default/skillforge' }],
};

async function startDemo() {
  return startTestBackend({
    features: [
      authPlugin,
      demoSignIn,
      catalogServiceMock.factory({ entities: [jonas] }),
      mockServices.rootConfig.factory({
        data: {
          app: { baseUrl: 'http://localhost:3000' },
          backend: { baseUrl: 'http://localhost:7007' },
          auth: {
            session: { secret: 'for this test' },
            providers: {
              demo: {
                users: [
                  {
                    entityRef: 'user:default/jonas.weber',
                    name: 'Jonas Weber',
                  },
                ],
              },
            },
          },
        },
      }),
    ],
  });
}

describe('the demo sign-in', () => {
  it('signs in who is listed, with the teams of the catalog, and nobody else', async () => {
    const backend = await startDemo();
    const url = `http://localhost:${backend.server.port()}/api/auth/demo/refresh`;
    const refresh = (user?: string) =>
      fetch(url, { headers: user ? { 'x-day2-demo-user': user } : {} });
    try {
      const session = await refresh('user:default/jonas.weber');
      expect(session.status).toBe(200);
      expect(await session.json()).toMatchObject({
        profile: { displayName: 'Jonas Weber' },
        backstageIdentity: {
          token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
          identity: { userEntityRef: 'user:default/jonas.weber' },
        },
      });
      expect((await refresh('user:default/mara.lindqvist')).status).toBe(401);
      expect((await refresh()).status).toBe(401);
    } finally {
      await backend.stop();
    }
  });

  it('refuses production', () => {
    const before = process.env.NODE_ENV;
    process.env.NODE_ENV = 'production';
    try {
      expect(() =>
        demoAuthenticator.initialize({
          config: mockServices.rootConfig({ data: { users: [] } }),
        }),
      ).toThrow('does not run in production');
    } finally {
      process.env.NODE_ENV = before;
    }
  });
});
