/** Conditions on one entity, by the path of a field. */
interface Condition {
  [path: string]: string | { $in: string[] } | { $exists: boolean };
}

/**
 * Entities that run, as the backend's default `day2.services.filter` has them, and those that the kubernetes plugin
 * joins. Adopters change it per extension in app-config.
 */
export const runsFilter: { $any: Condition[] } = {
  $any: [
    {
      kind: 'component',
      'spec.type': { $in: ['service', 'website', 'worker'] },
    },
    { kind: 'resource', 'spec.type': 'database' },
    { 'metadata.annotations.backstage.io/kubernetes-id': { $exists: true } },
    {
      'metadata.annotations.backstage.io/kubernetes-label-selector': {
        $exists: true,
      },
    },
  ],
};

/** Entities that roll services up. */
export const rollsUpFilter: Condition = {
  kind: { $in: ['system', 'domain', 'group'] },
};
