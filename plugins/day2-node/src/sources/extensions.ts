import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Source } from './types';

/**
 * Where modules of plugin `day2` add sources.
 *
 * @public
 */
export interface Day2SourcesExtensionPoint {
  /**
   * @throws ConflictError when a source of that id, or a kind of the source, is there already
   */
  addSource(source: Source): void;
}

/** @public */
export const day2SourcesExtensionPoint =
  createExtensionPoint<Day2SourcesExtensionPoint>({ id: 'day2.sources' });
