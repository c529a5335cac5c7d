import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { signalsServiceRef } from '@backstage/plugin-signals-node';

import {
  clusterAccessServiceRef,
  day2SourcesExtensionPoint,
} from '@day2ops/backstage-plugin-day2-node';
import { readDay2Config } from './config/readDay2Config';
import { SourceRegistry } from './registry/SourceRegistry';
import { builtInSources } from './sources';
import { startDay2 } from './startDay2';
import { addPermissions } from './visibility/addPermissions';

/**
 * Watches clusters, judges what runs there, joins it to catalog entities and serves it.
 *
 * @public
 */
export const day2Plugin = createBackendPlugin({
  pluginId: 'day2',
  register(env) {
    const registry = new SourceRegistry();
    for (const source of builtInSources) {
      registry.addSource(source);
    }
    env.registerExtensionPoint(day2SourcesExtensionPoint, registry);
    env.registerInit({
      deps: {
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        clusterAccess: clusterAccessServiceRef,
        database: coreServices.database,
        discovery: coreServices.discovery,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        lifecycle: coreServices.lifecycle,
        logger: coreServices.logger,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootConfig: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        signals: signalsServiceRef,
      },
      async init({ rootConfig, permissionsRegistry, ...services }) {
        const config = readDay2Config(rootConfig);
        addPermissions(permissionsRegistry);
        await startDay2({ config, registry, ...services });
      },
    });
  },
});
