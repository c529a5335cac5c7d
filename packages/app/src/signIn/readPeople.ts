import { ConfigApi } from '@backstage/core-plugin-api';

/** Somebody whom the demo lets in, as `auth.providers.demo.users` describes them. */
export interface Person {
  entityRef: string;
  name: string;
  team: string | undefined;
  sees: string | undefined;
}

export function readPeople(config: ConfigApi): Person[] {
  const users =
    config.getOptionalConfigArray('auth.providers.demo.users') ?? [];
  return users.map(user => ({
    entityRef: user.getString('entityRef'),
    name: user.getString('name'),
    team: user.getOptionalString('team'),
    sees: user.getOptionalString('sees'),
  }));
}
