import { pruneStatus, StatusFields } from '../status/pruneStatus';
import { KindDefinition } from './types';

/**
 * A kind that nobody has described: its objects are judged by what controllers have in common.
 *
 * @public
 */
export function createGenericKind(options: {
  apiVersion: string;
  kind: string;
}): KindDefinition<StatusFields> {
  const { apiVersion, kind } = options;
  const [version, group = ''] = apiVersion.split('/').reverse();
  return {
    group,
    kind,
    plural: `${kind.toLowerCase()}s`,
    versions: [version],
    namespaced: true,
    prune: pruneStatus,
  };
}
