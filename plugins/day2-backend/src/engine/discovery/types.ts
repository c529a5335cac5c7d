import { KindDefinition } from '@day2ops/backstage-plugin-day2-node';

/** A kind as one version of its group serves it. */
export interface ServedKind {
  version: string;
  plural: string;
  namespaced: boolean;
  watchable: boolean;
  /** The server behind the group does not answer now: what is said of it is old. */
  stale: boolean;
}

/** What a cluster serves, by `group` and `kind`. */
export type ServedKinds = ReadonlyMap<string, readonly ServedKind[]>;

export function servedKey(kind: Pick<KindDefinition, 'group' | 'kind'>) {
  return `${kind.group}/${kind.kind}`;
}

/** Whether and where a definition's objects can be read. */
export type Placement =
  | { state: 'served'; path: string; version: string }
  | { state: 'unsupported'; message: string }
  | { state: 'absent' };
