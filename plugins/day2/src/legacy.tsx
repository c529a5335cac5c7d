/**
 * Day 2 for apps on the legacy frontend system.
 *
 * @packageDocumentation
 */
export {
  day2Plugin,
  Day2Page,
  EntityAreaCard,
  EntityOperationsCard,
  EntityOperationsContent,
  EntityRollupCard,
} from './legacyPlugin';
export { isDay2Available } from './legacyFilters';
