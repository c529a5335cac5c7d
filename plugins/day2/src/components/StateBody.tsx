import { ReactNode, useEffect, useState } from 'react';
import Block from '@material-ui/icons/Block';
import CloudOff from '@material-ui/icons/CloudOff';
import Refresh from '@material-ui/icons/Refresh';
import Skeleton from '@material-ui/lab/Skeleton';
import { makeStyles } from '@material-ui/core/styles';
import { Day2RequestError } from '../api/Day2RequestError';
import { Live } from '../hooks/useLive';
import { Text, useText } from '../hooks/useText';
import { TimeText, useTimeText } from '../time/useTimeText';
import { ActionButton } from './ActionButton';
import { Panel } from './frame';
import { HatchStrip } from './HatchStrip';
import { Message } from './Message';
import { RichText } from './RichText';
import { visuallyHidden } from './visuallyHidden';

/**
 * Error, loading, empty, data, in that order. A refresh that failed stands above the data of before. The frame and its
 * title stay outside.
 */
export function StateBody<T>(props: {
  live: Live<T>;
  /** What stands for a value without content; `undefined` when it has content. */
  empty?: (value: T) => ReactNode | undefined;
  /** On a page of ours a refusal is said, where a card is absent, and errors have a sheet. */
  page?: boolean;
  children: (value: T) => ReactNode;
}) {
  const { live, empty, page, children } = props;
  const { value, error } = live;
  if (value === undefined) {
    const body = error ? (
      <ErrorBody live={live} error={error} page={page} />
    ) : (
      <LoadingBody />
    );
    if (!page) {
      return body;
    }
    return <Panel>{isDenied(error) ? <DeniedBody /> : body}</Panel>;
  }
  return (
    <>
      {error && <NotRefreshed live={live} error={error} />}
      {empty?.(value) ?? children(value)}
    </>
  );
}

/** Not there, or not for this person: a card then is absent. */
export function isDenied(error: Error | undefined): boolean {
  return (
    error instanceof Day2RequestError &&
    (error.kind === 'refused' || error.kind === 'missing')
  );
}

function DeniedBody() {
  const t = useText();
  return (
    <Message icon={Block} title={t('state.denied.title')}>
      <RichText plain>{t('state.denied.body')}</RichText>
    </Message>
  );
}

function ErrorBody(props: {
  live: Live<unknown>;
  error: Error;
  page?: boolean;
}) {
  const { live, error, page } = props;
  const t = useText();
  const time = useTimeText();
  const requestId =
    error instanceof Day2RequestError ? error.requestId : undefined;
  return (
    <Message
      alert
      icon={CloudOff}
      title={t(page ? 'state.error.pageTitle' : 'state.error.title')}
      actions={
        <>
          <ActionButton icon={Refresh} onClick={live.refresh}>
            {t('state.error.retry')}
          </ActionButton>
          {requestId && (
            <span>{t('state.error.request', { id: requestId })}</span>
          )}
          <NextAttempt at={live.nextAttemptAt} />
        </>
      }
    >
      <RichText plain>{errorText({ t, time, error })}</RichText>
    </Message>
  );
}

function NextAttempt(props: { at?: number }) {
  const t = useText();
  const time = useTimeText();
  if (props.at === undefined) {
    return null;
  }
  const duration = time.duration(props.at - time.now);
  return <span>{t('state.error.nextAttempt', { duration })}</span>;
}

function errorText(options: { t: Text; time: TimeText; error: Error }) {
  const { t, time, error } = options;
  if (!(error instanceof Day2RequestError)) {
    return t('state.error.other', { message: error.message });
  }
  const clock = time.clock(error.at);
  if (error.kind === 'unreachable') {
    return t('state.error.unreachable', { clock });
  }
  if (error.kind === 'unreadable') {
    return t('state.error.unreadable', { clock });
  }
  return t('state.error.answered', {
    clock,
    status: `${error.status}`,
    statusText: error.statusText || error.message,
  });
}

function NotRefreshed(props: { live: Live<unknown>; error: Error }) {
  const { live, error } = props;
  const t = useText();
  const time = useTimeText();
  const next = (live.nextAttemptAt ?? time.now) - time.now;
  return (
    <HatchStrip
      action={
        <ActionButton bare onClick={live.refresh}>
          {t('state.error.retry')}
        </ActionButton>
      }
    >
      <RichText>
        {t('freshness.notRefreshed', {
          clock: time.clock(live.loadedAt ?? time.now),
          answer: answerText(t, error),
          duration: time.duration(next),
        })}
      </RichText>
    </HatchStrip>
  );
}

function answerText(t: Text, error: Error): string {
  if (error instanceof Day2RequestError) {
    if (error.kind === 'unreachable' || error.kind === 'unreadable') {
      return t(`state.answer.${error.kind}`);
    }
    return t('state.answer.status', { status: `${error.status}` });
  }
  return error.message;
}

const useStyles = makeStyles({
  loading: {
    padding: 'var(--day2-gutter, 16px)',
    display: 'flex',
    flexDirection: 'column',
    gap: 11,
    minHeight: 132,
    boxSizing: 'border-box',
  },
  hidden: visuallyHidden,
});

/** Grey bars, but not for what comes at once. */
export function LoadingBody() {
  const classes = useStyles();
  const t = useText();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), 250);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={classes.loading} role="status">
      <span className={classes.hidden}>{t('state.loading')}</span>
      {slow && (
        <>
          <Skeleton animation={false} variant="rect" height={14} width="70%" />
          <Skeleton animation={false} variant="rect" height={14} width="92%" />
          <Skeleton animation={false} variant="rect" height={14} width="48%" />
          <Skeleton animation={false} variant="rect" height={30} width="100%" />
        </>
      )}
    </div>
  );
}
