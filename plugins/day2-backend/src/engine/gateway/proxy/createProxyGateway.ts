import {
  AuthService,
  DiscoveryService,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import { Clock } from '../../../model/time';
import { createSystemClock } from '../../time/createSystemClock';
import { ProxyGateway } from './ProxyGateway';

/** The transport for a kubernetes plugin in another process, or whose router slot is taken. */
export function createProxyGateway(options: {
  discovery: DiscoveryService;
  auth: Pick<AuthService, 'getOwnServiceCredentials' | 'getPluginRequestToken'>;
  logger: LoggerService;
  clock?: Clock;
  random?(): number;
}): ClusterGateway {
  const { discovery, auth, logger } = options;
  logger.debug(
    'Clusters are reached through the proxy of the kubernetes plugin',
  );
  return new ProxyGateway({
    baseUrl: () => discovery.getBaseUrl('kubernetes'),
    async token() {
      const { token } = await auth.getPluginRequestToken({
        onBehalfOf: await auth.getOwnServiceCredentials(),
        targetPluginId: 'kubernetes',
      });
      return token;
    },
    clock: options.clock ?? createSystemClock(),
    random: options.random ?? Math.random,
    logger,
  });
}
