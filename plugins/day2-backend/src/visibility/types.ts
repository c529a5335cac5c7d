import { BackstageCredentials } from '@backstage/backend-plugin-api';
import { VisibleSet } from '../model/reads';

/** The only way to a reader's rights. */
export interface Visibility {
  /**
   * Services that `catalog.entity.read` and `day2.service.read` both allow. `version` changes when the set does.
   *
   * @throws ServiceUnavailableError when rights cannot be told; nothing is visible then
   */
  services(
    credentials: BackstageCredentials,
  ): Promise<{ ids: VisibleSet; version: string }>;
  /** `day2.cluster.read` */
  mayReadClusters(credentials: BackstageCredentials): Promise<boolean>;
  /** `day2.metrics.read` */
  mayReadMetrics(credentials: BackstageCredentials): Promise<boolean>;
}
