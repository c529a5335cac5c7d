import {
  ClusterAccess,
  ClusterGateway,
} from '@day2ops/backstage-plugin-day2-node';
import { AuthService, LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from '../../../model/time';
import { createSystemClock } from '../../time/createSystemClock';
import { PodEnvironment } from './connectionOf';
import { DirectGateway } from './DirectGateway';

/** The transport of choice: what the kubernetes plugin knows of clusters, without its proxy. */
export function createDirectGateway(options: {
  access: ClusterAccess;
  auth: Pick<AuthService, 'getOwnServiceCredentials'>;
  logger: LoggerService;
  clock?: Clock;
  env?: NodeJS.ProcessEnv;
  pod?: PodEnvironment;
}): ClusterGateway {
  const { access, auth, logger, env = process.env } = options;
  logger.debug('Clusters are reached directly');
  return new DirectGateway({
    access,
    credentials: () => auth.getOwnServiceCredentials(),
    clock: options.clock ?? createSystemClock(),
    env,
    pod: options.pod ?? {
      serviceAccountCaPath:
        '/var/run/secrets/kubernetes.io/serviceaccount/ca.crt',
      host: env.KUBERNETES_SERVICE_HOST,
      port: env.KUBERNETES_SERVICE_PORT,
    },
  });
}
