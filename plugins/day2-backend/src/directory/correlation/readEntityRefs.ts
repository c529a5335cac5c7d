import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import { CorrelationTarget } from '../../model/types';

const maxRefs = 10;
const pattern = /^(?:[^:/\s]+:)?(?:[^:/\s]+\/)?[^:/\s]+$/;

/**
 * Entities that an object names itself. The annotation holds full refs, several separated by commas; the label, whose
 * values know no `:` and `/`, the name of a Component in the namespace `default`.
 */
export function readEntityRefs(target: CorrelationTarget): string[] {
  const label = target.labels[annotationNames.entity];
  const annotation = target.annotations[annotationNames.entity];
  if (!label && !annotation) {
    return [];
  }
  const refs = [label, ...(annotation ?? '').split(',', maxRefs)]
    .map(ref => ref?.trim() ?? '')
    .filter(ref => ref.length <= 300 && pattern.test(ref))
    .map(ref =>
      stringifyEntityRef(
        parseEntityRef(ref, {
          defaultKind: 'component',
          defaultNamespace: 'default',
        }),
      ),
    );
  return [...new Set(refs)];
}
