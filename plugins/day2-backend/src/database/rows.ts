import {
  Area,
  ClusterState,
  Health,
  KindState,
  Proof,
  SinceSource,
} from '@day2ops/backstage-plugin-day2-common';

/** Rows as both databases hand them back; a boolean is 0 or 1 in SQLite. */
type StoredBoolean = boolean | 0 | 1;

export interface ItemRow {
  id: string;
  scope: string;
  cluster: string;
  cluster_uid: string;
  environment: string;
  area: Area;
  source: string;
  api_version: string;
  group: string;
  kind: string;
  namespace: string | null;
  name: string;
  uid: string;
  health: Health;
  rank: number;
  reason: string;
  params: string;
  message: string;
  since: number;
  since_source: SinceSource;
  flapping_times: number | null;
  flapping_since: number | null;
  severity: number;
  owned: StoredBoolean;
  digest: string;
  recorded: string | null;
  pending: string | null;
  revision_id: string | null;
  revision_label: string | null;
  search: string;
}

export interface ItemDetailsRow {
  item_id: string;
  links: string;
  evidence: string;
}

/** An item with everything that a page of it shows. */
export type FullItemRow = ItemRow & Pick<ItemDetailsRow, 'links' | 'evidence'>;

export interface ItemEntityRow {
  item_id: string;
  entity_id: number;
  proof: Proof;
  unexpected_namespace: StoredBoolean;
}

export interface ServiceAreaRow {
  entity_id: number;
  environment: string;
  cluster: string;
  area: Area;
  scope: string;
  item_id: string;
  health: Health;
  rank: number;
  reason: string;
  since: number;
  severity: number;
}

export interface ServiceRow {
  entity_id: number;
  ref: string;
  name: string;
  health: Health;
  rank: number;
  reason: string;
  since: number;
  severity: number;
  item_id: string | null;
  shape: string;
  revision: number;
}

export interface EntityRow {
  id: number;
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string | null;
  type: string | null;
  lifecycle: string | null;
  system_ref: string | null;
  domain_ref: string | null;
  owner_refs: string;
  labels: string;
  annotations: string;
  is_service: StoredBoolean;
  gone_at: number | null;
}

export interface ClusterRow {
  name: string;
  title: string | null;
  environment: string;
  uid: string | null;
  version: string | null;
  state: ClusterState;
  state_since: number | null;
  health: Health;
  reason: string;
  params: string;
  message: string;
  last_contact_at: number | null;
  next_attempt_at: number | null;
  warnings: string;
  missing_rules: string | null;
  listed_at: number;
}

export interface KindStateRow {
  cluster: string;
  group: string;
  kind: string;
  source: string;
  state: KindState;
  since: number;
  last_contact_at: number | null;
  objects: number;
  quarantined: number;
  message: string | null;
}

export interface TransitionRow {
  id: number;
  at: number;
  last_at: number;
  item_id: string;
  scope: string;
  cluster: string;
  cluster_uid: string;
  environment: string;
  area: Area;
  kind: string;
  namespace: string | null;
  name: string;
  type: 'verdict' | 'deploy';
  from_health: Health | null;
  from_reason: string | null;
  to_health: Health | null;
  reason: string;
  message: string;
  from_label: string | null;
  to_label: string | null;
  observed_late: StoredBoolean;
  times: number;
}

/** The environments, clusters and areas of a service, sorted. */
export interface ServiceShape {
  environments: string[];
  clusters: string[];
  areas: Area[];
}
