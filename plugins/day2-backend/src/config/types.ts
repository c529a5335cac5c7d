import { KindRules } from '../sources/configured/createConfiguredKind';

/** `day2` of app-config, read and defaulted. Durations are milliseconds. */
export interface Day2Config {
  role: 'all' | 'api' | 'collector';
  clusters: readonly ClusterConfig[];
  /** Overrides of the cluster's environment by namespace, first match wins; `*` stands for anything. */
  environments: readonly { namespace: string; environment: string }[];
  services: {
    /** An entity is a service when it matches any of these. */
    filter: readonly { kind: string; types: readonly string[] | undefined }[];
  };
  correlation: {
    claims: 'show' | 'bounded';
    /** What app-config lets owners claim; bounds `object` proofs of these owners too. */
    namespaces: readonly NamespaceGrant[];
  };
  catalog: { refreshMs: number };
  history: { retentionMs: number; holdMs: number };
  transport: 'auto' | 'direct' | 'proxy';
  /** `day2.sources.<id>`: `enabled: false` switches a source off; the rest is the source's own. */
  sources: Readonly<
    Record<string, { enabled: boolean; settings: Record<string, unknown> }>
  >;
  /** Kinds of the adopter, judged by configuration alone. */
  kinds: readonly KindRules[];
  logs: { requestsPerMinute: number };
  metrics: { process: boolean };
}

export interface ClusterConfig {
  name: string;
  environment: string | undefined;
  aliases: { servers: readonly string[]; argoNames: readonly string[] };
}

export interface NamespaceGrant {
  /** Owner group, or one entity. */
  owner: string | undefined;
  entity: string | undefined;
  cluster: string | undefined;
  /** Patterns; `*` stands for anything. */
  namespaces: readonly string[];
}
