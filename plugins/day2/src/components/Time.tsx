import { makeStyles } from '@material-ui/core/styles';
import { SinceSource } from '@day2ops/backstage-plugin-day2-common';
import { Text, useText } from '../hooks/useText';
import { TimeText, useTimeText } from '../time/useTimeText';
import { Hint } from './Hint';

const useStyles = makeStyles({ root: { whiteSpace: 'nowrap' } });

export interface TimeProps {
  /** RFC 3339, or milliseconds since the epoch. */
  at: string | number;
  /** `ago`: "36 min ago"; `since`: "36 min"; `clock`: "02:49". */
  as?: 'ago' | 'since' | 'clock';
  source?: SinceSource | null;
}

/** A moment in words, with the exact time in UTC and here on hover and focus. */
export function Time(props: TimeProps) {
  const { at, as = 'ago', source } = props;
  const classes = useStyles();
  const t = useText();
  const text = useTimeText();
  const moment = typeof at === 'number' ? at : Date.parse(at);
  if (!Number.isFinite(moment)) {
    return <span>{t('time.unknown')}</span>;
  }
  const shown =
    source === 'observedLate' && as !== 'clock'
      ? t('time.before', { clock: text.clock(moment) })
      : text[as](moment);
  return (
    <Hint hint={hoverText({ t, text, moment, source })}>
      <time className={classes.root} dateTime={new Date(moment).toISOString()}>
        {shown}
      </time>
    </Hint>
  );
}

function hoverText(options: {
  t: Text;
  text: TimeText;
  moment: number;
  source?: SinceSource | null;
}): string {
  const { t, text, moment, source } = options;
  const when = text.absolute(moment);
  if (source === 'object') {
    return t('time.sinceObject', { when });
  }
  if (source === 'observed') {
    return t('time.sinceObserved', { when });
  }
  return source === 'observedLate' ? t('time.sinceLate', { when }) : when;
}
