import { PermissionsRegistryService } from '@backstage/backend-plugin-api';
import { day2Permissions } from '@day2ops/backstage-plugin-day2-common';

/**
 * Makes the permissions known. Those of services are about the catalog's resource type, so that policies may answer
 * with the catalog's conditions; the type itself is the catalog's to register.
 */
export function addPermissions(registry: PermissionsRegistryService): void {
  registry.addPermissions([...day2Permissions]);
}
