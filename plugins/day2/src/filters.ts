const runningComponents = {
  kind: 'component',
  'spec.type': { $in: ['service', 'website', 'worker'] },
};
const databases = { kind: 'resource', 'spec.type': 'database' };
const joinedById = {
  'metadata.annotations.backstage.io/kubernetes-id': { $exists: true },
};
const joinedBySelector = {
  'metadata.annotations.backstage.io/kubernetes-label-selector': {
    $exists: true,
  },
};

/**
 * Entities that run, as the backend's default `day2.services.filter` has them, and those that the kubernetes plugin
 * joins. Adopters change it per extension in app-config.
 */
export const runsFilter = {
  $any: [runningComponents, databases, joinedById, joinedBySelector],
};

/** Entities that roll services up. */
export const rollsUpFilter = { kind: { $in: ['system', 'domain', 'group'] } };
