import { Area } from '@day2ops/backstage-plugin-day2-common';
import {
  KindName,
  ObjectRecord,
  ObjectSelector,
  RecordLookup,
  UntrustedObject,
} from '../records/types';
import { StatusRule } from '../status/types';

/**
 * A Kubernetes kind that a source watches, and how its objects become records and items.
 *
 * @public
 */
export interface KindDefinition<F = unknown> {
  /** Empty for the core group. */
  group: string;
  /** As Kubernetes writes it. */
  kind: string;
  plural: string;
  /** Versions whose shape `prune` reads, preferred first. */
  versions: readonly string[];
  namespaced: boolean;
  /** Where its items show. Without an area the kind is only read by the rules of others. */
  area?: Area;
  /** Takes the fields that rules read, and nothing else: an allow-list. Must bear any input. */
  prune(object: UntrustedObject): F;
  /** Without a rule, items are judged by what controllers have in common. */
  rule?: StatusRule<F>;
  /**
   * Kinds that must be synced, absent or forbidden before an item is judged.
   */
  needs?: readonly KindName[];
  /** Whether this object is an item by itself; default: always when the kind has an area. */
  isItem?(record: ObjectRecord<F>, lookup: RecordLookup): boolean;
  /** Objects to judge again when this one changes, besides itself and its owners. */
  affects?(record: ObjectRecord<F>): readonly ObjectSelector[];
  /** Objects through which this one belongs to an entity, besides its owners. */
  belongsThrough?(
    record: ObjectRecord<F>,
    lookup: RecordLookup,
  ): readonly ObjectRecord[];
  /** Annotations to keep, besides Day 2's own. */
  keepAnnotations?: readonly string[];
  /** Whether labels are kept; default: yes for kinds with an area, no otherwise. */
  keepLabels?(object: UntrustedObject): boolean;
}

/**
 * An integration that contributes kinds.
 *
 * @public
 */
export interface Source {
  /** Kebab case, for example `cert-manager`. */
  id: string;
  title: string;
  kinds: readonly KindDefinition[];
  /** Parses `day2.sources.<id>`; throws an `InputError` that names the key. */
  readSettings?(
    config: Readonly<Record<string, unknown>>,
  ): Record<string, unknown>;
}
