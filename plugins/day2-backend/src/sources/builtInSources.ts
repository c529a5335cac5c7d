import { Source } from '@day2ops/backstage-plugin-day2-node';
import { kubernetesSource } from './kubernetes';

/** The sources that need no module. */
export const builtInSources: readonly Source[] = [kubernetesSource];
