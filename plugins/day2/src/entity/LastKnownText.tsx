import { Item } from '@day2ops/backstage-plugin-day2-common';
import { RichText } from '../components/RichText';
import { reasonText } from '../components/verdictText';
import { useText } from '../hooks/useText';
import { useTimeText } from '../time/useTimeText';

/** What was known of something before sight was lost. */
export function LastKnownText(props: {
  item: Pick<Item, 'lastKnown' | 'observedAt'>;
}) {
  const { lastKnown, observedAt } = props.item;
  const t = useText();
  const time = useTimeText();
  if (!lastKnown || !observedAt) {
    return null;
  }
  return (
    <p>
      <RichText plain>
        {t('state.stale.lastKnown', {
          clock: time.clock(Date.parse(observedAt)),
          message: reasonText(t, lastKnown),
        })}
      </RichText>
    </p>
  );
}
