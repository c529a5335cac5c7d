export interface QuotaUsage {
  resource: string;
  /** Cores, bytes or things. */
  hard: number;
  used: number;
}

export interface QuotaFields {
  usage: readonly QuotaUsage[];
  malformed?: readonly string[];
}
