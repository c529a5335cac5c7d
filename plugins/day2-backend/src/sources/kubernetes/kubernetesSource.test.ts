import { testSource } from '@day2ops/backstage-plugin-day2-node';
import { kubernetesSource } from './kubernetesSource';

testSource(kubernetesSource, __dirname);
