import {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { Permission } from '@backstage/plugin-permission-common';

/** Who asks, as far as rights go. */
export type Reader =
  | { type: 'user'; entityRef: string }
  /** May use only the permissions that its access restrictions name. */
  | { type: 'service'; permissionNames: readonly string[] }
  | { type: 'other' };

export function readerOf(
  auth: AuthService,
  credentials: BackstageCredentials,
): Reader {
  if (auth.isPrincipal(credentials, 'user')) {
    return { type: 'user', entityRef: credentials.principal.userEntityRef };
  }
  if (auth.isPrincipal(credentials, 'service')) {
    const { accessRestrictions } = credentials.principal;
    return {
      type: 'service',
      permissionNames: accessRestrictions?.permissionNames ?? [],
    };
  }
  return { type: 'other' };
}

/**
 * Whether it makes sense to ask the permission framework at all. It lets every service principal without restrictions
 * do everything, also external ones: here those need the permission by its name, and nobody else but users has any.
 */
export function mayAsk(
  reader: Reader,
  permissions: readonly Permission[],
): boolean {
  return (
    reader.type === 'user' ||
    (reader.type === 'service' &&
      permissions.every(({ name }) => reader.permissionNames.includes(name)))
  );
}
