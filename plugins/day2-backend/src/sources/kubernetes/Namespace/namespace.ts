import {
  KindDefinition,
  pruneStatus,
  StatusFields,
} from '@day2ops/backstage-plugin-day2-node';

/** Only read by others: its labels say which environment it is. */
export const namespaceKind: KindDefinition<StatusFields> = {
  group: '',
  kind: 'Namespace',
  plural: 'namespaces',
  versions: ['v1'],
  namespaced: false,
  prune: pruneStatus,
  keepLabels: () => true,
};
