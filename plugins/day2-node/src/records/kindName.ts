import { KindName } from './types';

/**
 * `Deployment.apps`, `Pod`: how kinds are named in `needs` and lookups.
 *
 * @public
 */
export function kindName(options: { group: string; kind: string }): KindName {
  const { group, kind } = options;
  return group ? `${kind}.${group}` : kind;
}
