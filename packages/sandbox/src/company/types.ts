import type { Behaviour } from '../actors/behaviours';
import type { KubernetesObject, ObjectKey } from '../cluster/types';

/** The clusters of the company. */
export type ClusterName = 'production' | 'staging';
export const CLUSTER_NAMES = ['production', 'staging'] as const;

/** Something that happened in a cluster `ago` milliseconds before the sandbox began. */
export type Moment = {
  ago: number;
} /** `born` says how long ago it was created when that was before the moment from which it is played. */ & (
  | { object: KubernetesObject; born?: number }
  | { key: ObjectKey; change: (object: KubernetesObject) => void }
  | { remove: ObjectKey }
  | { workload: string; behaviour: Behaviour }
  | { workload: string; load: number }
);

/** A person of the company. */
export interface Person {
  name: string;
  displayName: string;
  email: string;
  memberOf: string[];
}

/** A team of the company. */
export interface Team {
  name: string;
  title: string;
  description: string;
  parent?: string;
}

/** A service as the catalog knows it. */
export interface Service {
  kind: 'Component' | 'Resource';
  name: string;
  title?: string;
  description: string;
  type: 'service' | 'website' | 'worker' | 'database';
  lifecycle: 'production' | 'experimental' | 'deprecated';
  tags?: string[];
  /** Services that it needs, by name. */
  needs?: string[];
  /** Joined by the entity's own selector instead of `backstage.io/kubernetes-id`. */
  claim?: { selector: string; namespace: string };
}

/** One of the five platforms: its place in the catalog, and its life in the clusters. */
export interface Platform {
  system: { name: string; title: string; description: string };
  team: Team;
  people: Person[];
  services: Service[];
  moments: Readonly<Record<ClusterName, readonly Moment[]>>;
}
