import { Verdict } from '@day2ops/backstage-plugin-day2-common';
import { Text } from '../hooks/useText';
import { nextMessages } from '../translations/nextSteps';
import { reasonMessages } from '../translations/reasons';

const placePattern = /\{\{(\w+)\}\}/g;

/** The sentence of a verdict: ours when we know the reason and all its places, else the verdict's own. */
export function reasonText(t: Text, verdict: Verdict): string {
  return (
    lookUp({ t, area: 'reason', known: reasonMessages, verdict }) ??
    verdict.message
  );
}

/** One step that helps; `undefined` when none is known. */
export function nextText(t: Text, verdict: Verdict): string | undefined {
  return lookUp({ t, area: 'next', known: nextMessages, verdict });
}

function lookUp(options: {
  t: Text;
  area: 'reason' | 'next';
  known: Readonly<Record<string, string>>;
  verdict: Verdict;
}): string | undefined {
  const { t, area, known, verdict } = options;
  const { reason } = verdict;
  const params = { ...verdict.params, message: verdict.message };
  const message = Object.hasOwn(known, reason) ? known[reason] : undefined;
  if (message === undefined || !hasPlaces(message, params)) {
    return undefined;
  }
  // The key is one of ours, checked above; its places are data, which the types cannot follow.
  const translate = t as (key: string, values: object) => string;
  return translate(`${area}.${reason}`, params);
}

function hasPlaces(message: string, params: Verdict['params']): boolean {
  return [...message.matchAll(placePattern)].every(([, name]) =>
    Object.hasOwn(params, name),
  );
}
