import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { annotationNames, Item } from '@day2ops/backstage-plugin-day2-common';
import { Mark } from '../components/Mark';
import { useText } from '../hooks/useText';

/** Why an item might not be what it seems: only claimed, claimed twice, in a strange place, changing to and fro. */
export function ItemMarks(props: { entityRef: string; item: Item }) {
  const { entityRef, item } = props;
  const t = useText();
  return (
    <>
      {item.proof === 'claim' && (
        <Mark
          hint={t('mark.claimedHint', {
            label: annotationNames.entity,
            entityRef,
          })}
        >
          {t('mark.claimed')}
        </Mark>
      )}{' '}
      {item.sharedWith?.map(other => (
        <Mark key={other} conflict>
          {t('mark.shared', {
            entity: <EntityRefLink entityRef={other} hideIcon />,
          })}
        </Mark>
      ))}{' '}
      {item.flapping && (
        <Mark>{t('mark.flapping', { count: item.flapping.times })}</Mark>
      )}{' '}
      {item.unexpectedNamespace && (
        <Mark conflict hint={t('mark.unexpectedNamespaceHint')}>
          {t('mark.unexpectedNamespace')}
        </Mark>
      )}
    </>
  );
}
