/**
 * One step that helps, by reason code. `[text](clusters)` links to the page of clusters. A reason without a known next
 * step is not here.
 */
export const nextMessages = {
  Stale: 'See why [the cluster](clusters) does not answer',
  NeverSynced: 'See how far [the cluster](clusters) has been read',
  Forbidden: 'Give Day 2 the right that is missing: [see the rule](clusters)',
  UnsupportedVersion: 'Upgrade it, or switch the source off',
  NothingFound:
    'Compare the annotations of the entity with the labels of the objects',
  UnknownDestination: 'Add the destination to `day2.clusters[].aliases`',
} as const;
