import { annotationNames } from '@day2ops/backstage-plugin-day2-common';

/**
 * The cluster that an entity claims by its own annotations, whether anything of it was found there or not: while that
 * cluster cannot be read, the entity's state there is unknown. A claim that names no cluster is a claim on none in
 * particular.
 */
export function claimedCluster(
  annotations: Readonly<Record<string, string>>,
): string | undefined {
  const claims =
    annotations[annotationNames.kubernetesId] ||
    annotations[annotationNames.kubernetesLabelSelector];
  const cluster = annotations[annotationNames.kubernetesCluster]?.trim();
  return claims && cluster ? cluster : undefined;
}
