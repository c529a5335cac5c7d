import { Evidence, Params } from '@day2ops/backstage-plugin-day2-common';
import { KindName, ObjectRecord } from '../records/types';
import { KindDefinition } from '../sources/types';
import { boundEvidence } from './boundEvidence';
import { judgeGeneric } from './judgeGeneric';
import { judgeShared } from './judgeShared';
import { closeSentence, redact, shorten } from './redact';
import { JudgeContext, Judgement } from './types';
import { unknown } from './verdicts';

const MAX_PARAM = 200;

/**
 * Judges one object: what every object shares, then the rule of its kind, then what controllers have in common, then
 * `unknown/Unclear`. Never throws: a rule that does gives `unknown/SourceError` for this object alone. What comes out
 * is redacted and bounded: `message` ≤ 1 KB, evidence ≤ 8 KB.
 *
 * @public
 */
export function judgeObject<F>(
  definition: KindDefinition<F>,
  record: ObjectRecord<F>,
  context: JudgeContext,
): Judgement {
  let judgement: Judgement;
  try {
    judgement =
      judgeShared(record, context.now) ??
      definition.rule?.judge(record, context) ??
      judgeGeneric(record);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    judgement = unknown('SourceError', {
      message: `Could not be judged: ${closeSentence(redact(cause), 100)}`,
    });
  }
  const unreadable = (definition.needs ?? []).filter(
    kind => context.lookup.readability(kind) === 'forbidden',
  );
  return finish(
    unreadable.length > 0 ? withUnreadable(judgement, unreadable) : judgement,
  );
}

/** What could not be looked at is part of what is said. */
function withUnreadable(
  judgement: Judgement,
  kinds: readonly KindName[],
): Judgement {
  const { params, evidence } = judgement;
  const value = `${kinds.join(', ')} (forbidden)`;
  return {
    ...judgement,
    params: { ...params, forbidden: kinds.join(', ') },
    evidence: {
      ...evidence,
      facts: [{ label: 'Judged without', value }, ...(evidence?.facts ?? [])],
    },
  };
}

function finish(judgement: Judgement): Judgement {
  const { message, params, evidence, since, dueAt, revision } = judgement;
  return {
    ...judgement,
    message: redact(message),
    params: boundParams(params),
    evidence: boundEvidence(evidence ?? ({} satisfies Evidence)),
    since: validTime(since),
    dueAt: validTime(dueAt),
    ...(revision && {
      revision: {
        id: shorten(redact(revision.id), MAX_PARAM),
        label: shorten(redact(revision.label), MAX_PARAM),
      },
    }),
  };
}

function boundParams(params: Params): Params {
  const bounded: [string, Params[string]][] = [];
  for (const [name, value] of Object.entries(params)) {
    if (typeof value === 'string') {
      bounded.push([name, shorten(redact(value), MAX_PARAM)]);
    } else if (typeof value === 'boolean' || Number.isFinite(value)) {
      bounded.push([name, value]);
    }
  }
  return Object.fromEntries(bounded);
}

function validTime(time: number | undefined): number | undefined {
  return time !== undefined && Number.isFinite(time) ? time : undefined;
}
