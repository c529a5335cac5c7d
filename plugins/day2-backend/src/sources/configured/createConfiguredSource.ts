import { createSource, Source } from '@day2ops/backstage-plugin-day2-node';
import { createConfiguredKind, KindRules } from './createConfiguredKind';

/**
 * The adopter's own kinds as a source, id `configured`.
 *
 * @throws InputError when a kind is listed twice
 */
export function createConfiguredSource(kinds: readonly KindRules[]): Source {
  return createSource({
    id: 'configured',
    title: 'Configured kinds',
    kinds: kinds.map(createConfiguredKind),
  });
}
