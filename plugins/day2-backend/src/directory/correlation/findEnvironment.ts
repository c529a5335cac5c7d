import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import { Day2Config } from '../../config/types';
import { CorrelationTarget } from '../../model/types';
import { compilePattern } from './patterns';
import { walk } from './walk';

/** Where nothing is configured, everything is in one environment. */
export const defaultEnvironment = 'default';

const pattern = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * The environment of an object: its own label or annotation, that of the objects it belongs through, the first
 * namespace pattern that fits, its cluster, `default`.
 */
export function createFindEnvironment(
  config: Pick<Day2Config, 'clusters' | 'environments'>,
): (target: CorrelationTarget) => string {
  const clusters = new Map(
    config.clusters.map(({ name, environment }) => [name, environment]),
  );
  const namespaces = config.environments.map(({ namespace, environment }) => ({
    test: compilePattern(namespace),
    environment,
  }));
  return target => {
    for (const { labels, annotations } of walk(target)) {
      const value =
        labels[annotationNames.environment] ??
        annotations[annotationNames.environment];
      if (value && pattern.test(value)) {
        return value;
      }
    }
    const { namespace } = target;
    const byNamespace =
      namespace && namespaces.find(({ test }) => test(namespace));
    return byNamespace
      ? byNamespace.environment
      : clusters.get(target.cluster) ?? defaultEnvironment;
  };
}
