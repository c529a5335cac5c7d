import { ReactNode } from 'react';
import { makeStyles } from '@material-ui/core/styles';
import { Verdict } from '@day2ops/backstage-plugin-day2-common';
import { useText } from '../hooks/useText';
import { tokens } from '../theme/healthPalette';
import { RichText } from './RichText';
import { nextText, reasonText } from './verdictText';

const useStyles = makeStyles(theme => ({
  reason: { margin: 0, maxWidth: 640, overflowWrap: 'anywhere' },
  clamped: {
    display: '-webkit-box',
    '-webkit-line-clamp': 3,
    '-webkit-box-orient': 'vertical',
    overflow: 'hidden',
  },
  next: {
    margin: '3px 0 0',
    fontSize: 13,
    color: tokens(theme).muted,
  },
  word: { fontWeight: 600, color: 'inherit' },
}));

/** Why something is as it is, in one sentence. */
export function Reason(props: {
  verdict: Verdict;
  clamp?: boolean;
  /** The thing that the sentence is about, where the row does not name it. */
  subject?: string;
  /** Ends the sentence. */
  mark?: ReactNode;
}) {
  const { verdict, clamp, subject, mark } = props;
  const classes = useStyles();
  const t = useText();
  return (
    <p className={`${classes.reason} ${clamp ? classes.clamped : ''}`}>
      {subject && (
        <>
          <RichText plain>{subject}</RichText>{' '}
        </>
      )}
      <RichText plain>{reasonText(t, verdict)}</RichText>
      {mark && <> {mark}</>}
    </p>
  );
}

/** What to do about it; nothing when no step is known. */
export function NextStep(props: {
  verdict: Verdict;
  links?: Readonly<Record<string, string | undefined>>;
}) {
  const { verdict, links } = props;
  const classes = useStyles();
  const t = useText();
  const step = nextText(t, verdict);
  if (!step) {
    return null;
  }
  return (
    <p className={classes.next}>
      <b className={classes.word}>{t('card.next')}</b>{' '}
      <RichText links={links}>{step}</RichText>
    </p>
  );
}
