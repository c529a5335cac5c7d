import { Config } from '@backstage/config';
import { AuthenticationError, NotAllowedError } from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** The header in which the sign-in page says who was picked. */
export const DEMO_USER_HEADER = 'x-day2-demo-user';

export interface DemoUser {
  entityRef: string;
  name: string;
}

function readUsers(config: Config): Map<string, DemoUser> {
  const users = config.getConfigArray('users').map(user => ({
    entityRef: user.getString('entityRef'),
    name: user.getString('name'),
  }));
  return new Map(users.map(user => [user.entityRef, user]));
}

/**
 * Signs in whoever was picked on the sign-in page, without any proof of who they are, if app-config lists them under
 * `auth.providers.demo.users`. It is for trying the portal out on one's own machine and refuses production.
 */
export const demoAuthenticator = createProxyAuthenticator({
  defaultProfileTransform: async (user: DemoUser) => ({
    profile: { displayName: user.name },
  }),
  initialize({ config }) {
    if (process.env.NODE_ENV === 'production') {
      throw new NotAllowedError(
        'The demo sign-in asks for no password and does not run in production: remove auth.providers.demo',
      );
    }
    return { users: readUsers(config) };
  },
  async authenticate({ req }, { users }) {
    const entityRef = req.header(DEMO_USER_HEADER);
    if (!entityRef) {
      throw new AuthenticationError(`No person in header ${DEMO_USER_HEADER}`);
    }
    const user = users.get(entityRef);
    if (!user) {
      throw new AuthenticationError(
        'This person is not listed in auth.providers.demo.users',
      );
    }
    return { result: user };
  },
});
