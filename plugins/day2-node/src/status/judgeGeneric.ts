import { ObjectHead, ObjectRecord } from '../records/types';
import { StatusFields } from './pruneStatus';
import { Condition, conditionEvidence } from './readConditions';
import { closeSentence } from './redact';
import { Judgement } from './types';
import { degraded, healthy, suspended, unknown, verdict } from './verdicts';
import { isBusyReason, Meaning, meaningOf, polarityOf } from './vocabulary';

const MAX_DETAIL = 100;
const FAILURE = /(fail|error|denied|invalid|exceeded|timeout|notfound)/i;

interface Finding {
  meaning: Meaning;
  reason: string;
  message: string;
  since: number | undefined;
  /** Bad, and explained when something else is under way. */
  soft?: boolean;
}

/**
 * Judges an object of a kind that nobody wrote a rule for, from what controllers have in common: conditions of either
 * polarity, and words of phase, state and health. Bad news wins over suspension, suspension over work under way, and
 * that over good news. What says nothing of this is `unknown/Unclear`, never healthy.
 *
 * The record's fields are read as `StatusFields`; a kind whose `prune` keeps none of them is always unclear.
 *
 * @public
 */
export function judgeGeneric(record: ObjectRecord<unknown>): Judgement {
  const { head } = record;
  const fields = (record.fields ?? {}) as StatusFields;
  const findings = [
    ...fromConditions(fields.conditions ?? [], head),
    ...fromWords(fields, head),
  ];
  const evidence = evidenceOf(fields);
  const first = (meaning: Meaning) =>
    findings.find(finding => finding.meaning === meaning);
  const said = ({ reason, message, since }: Finding) => ({
    reason,
    text: { message, since, evidence },
  });

  const bad = findings.find(isHardBad) ?? first('degraded');
  const busy = findings.find(isBusy);
  if (bad && !(bad.soft && busy)) {
    return degraded(bad.reason, said(bad).text);
  }
  const off = first('suspended');
  if (off ?? fields.suspended) {
    return suspended('Suspended', {
      message: off?.message ?? 'Is switched off by its own spec.',
      since: off?.since,
      evidence,
    });
  }
  const next = busy ?? first('progressing') ?? first('healthy');
  if (next) {
    const { reason, text } = said(next);
    return next.meaning === 'healthy'
      ? healthy(reason, text)
      : verdict(next.meaning, reason, text);
  }
  return unknown('Unclear', {
    message: 'Nothing that it reports says how it is.',
    evidence,
  });
}

function isHardBad({ meaning, soft }: Finding): boolean {
  return meaning === 'degraded' && !soft;
}

function isBusy({ meaning, reason }: Finding): boolean {
  return meaning === 'progressing' && reason !== 'NotCurrent';
}

function fromConditions(
  conditions: readonly Condition[],
  head: ObjectHead,
): Finding[] {
  const findings: Finding[] = [];
  for (const condition of conditions) {
    const finding = fromCondition(condition, head);
    if (finding) {
      findings.push(finding);
    }
  }
  return findings;
}

function fromCondition(
  condition: Condition,
  head: ObjectHead,
): Finding | undefined {
  const { type, status, reason, since } = condition;
  const polarity = polarityOf(type);
  const isTrue = status === 'True';
  const found = (meaning: Meaning, code: string): Finding => ({
    meaning,
    reason: code,
    message: describe(condition),
    since,
  });
  if (polarity === undefined) {
    return undefined;
  }
  if (polarity === 'bad') {
    return isTrue ? found('degraded', codeOf(reason, type)) : undefined;
  }
  if (polarity === 'off') {
    return isTrue ? found('suspended', codeOf(reason, type)) : undefined;
  }
  if (polarity === 'busy') {
    // Deployments and OpenShift leave Progressing at True when they are done.
    const done = /^(NewReplicaSetAvailable|Completed?|AsExpected)$/;
    return isTrue && !done.test(reason ?? '')
      ? found('progressing', codeOf(reason, type))
      : undefined;
  }
  if (isTrue) {
    if (isOutdated(condition, head)) {
      return found('progressing', 'NotCurrent');
    }
    return polarity === 'required'
      ? undefined
      : found('healthy', codeOf(undefined, type));
  }
  if (status !== 'False' || polarity === 'completion' || isBusyReason(reason)) {
    return found('progressing', codeOf(reason, 'InProgress'));
  }
  return {
    ...found('degraded', codeOf(reason, `Not${type}`)),
    soft: !FAILURE.test(reason ?? ''),
  };
}

function isOutdated(
  { observedGeneration }: Condition,
  { generation }: ObjectHead,
): boolean {
  return (
    observedGeneration !== undefined &&
    generation !== undefined &&
    observedGeneration < generation
  );
}

function fromWords(fields: StatusFields, head: ObjectHead): Finding[] {
  const findings: Finding[] = [];
  for (const { field, word } of fields.words ?? []) {
    const meaning = meaningOf(word, head.kind);
    if (meaning) {
      const name = field.replace(/^status\./, '');
      findings.push({
        meaning,
        reason: codeOf(word, 'Unclear'),
        message:
          fields.message && meaning !== 'healthy'
            ? `Its ${name} is ${word}: ${closeSentence(
                fields.message,
                MAX_DETAIL,
              )}`
            : `Its ${name} is ${word}.`,
        since: undefined,
      });
    }
  }
  return findings;
}

/** A reason of somebody's controller as a code, or ours when it is none. */
function codeOf(reason: string | undefined, fallback: string): string {
  const code = reason?.replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) =>
    (next ?? '').toUpperCase(),
  );
  return code && /^[A-Za-z]\w{1,63}$/.test(code)
    ? `${code[0].toUpperCase()}${code.slice(1)}`
    : fallback;
}

function describe({ type, status, reason, message }: Condition): string {
  const state = `Condition ${type} is ${status}`;
  if (message) {
    return `${state}: ${closeSentence(message, MAX_DETAIL)}`;
  }
  return reason && status !== 'True' ? `${state} (${reason}).` : `${state}.`;
}

function evidenceOf(fields: StatusFields): Judgement['evidence'] {
  const conditions = conditionEvidence(fields.conditions);
  const facts = fields.words?.map(({ field, word }) => ({
    label: field,
    value: word,
  }));
  return {
    ...(conditions && { conditions }),
    ...(facts && { facts }),
  };
}
