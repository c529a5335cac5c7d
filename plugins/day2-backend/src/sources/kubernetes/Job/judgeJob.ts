import {
  closeSentence,
  Condition,
  degraded,
  findCondition,
  healthy,
  Judgement,
  ObjectRecord,
  progressing,
  suspended,
  unknown,
  warning,
} from '@day2ops/backstage-plugin-day2-node';
import { PodFinding } from '../pods/PodFinding';
import { JobFields } from './types';

const failureTexts: Readonly<Record<string, (fields: JobFields) => string>> = {
  BackoffLimitExceeded: ({ failed, backoffLimit }) =>
    `Failed after ${failed || 1} ${
      failed > 1 ? 'tries' : 'try'
    }, with ${backoffLimit} ${
      backoffLimit === 1 ? 'retry' : 'retries'
    } allowed.`,
  DeadlineExceeded: () => 'Failed: it ran longer than its deadline.',
  PodFailurePolicy: () => 'Failed: its failure policy allows no retry.',
  FailedIndexes: () => 'Failed: some of its indexes failed.',
  MaxFailedIndexesExceeded: () => 'Failed: too many of its indexes failed.',
};

/** A ladder over the terminal conditions, then what runs now and its pods. */
export function judgeJob(
  record: ObjectRecord<JobFields>,
  findings: readonly PodFinding[],
): Judgement {
  const { fields, head } = record;
  const isTrue = (type: string) => {
    const condition = findCondition(fields.conditions, type);
    return condition?.status === 'True' ? condition : undefined;
  };
  const failed = isTrue('Failed') ?? isTrue('FailureTarget');
  if (failed) {
    return judgeFailed(fields, { failed, findings });
  }
  const done = isTrue('Complete') ?? isTrue('SuccessCriteriaMet');
  if (done ?? fields.completedAt) {
    return healthy('Completed', {
      message: `Completed: ${fields.succeeded} of ${fields.completions} succeeded.`,
      params: { succeeded: fields.succeeded, completions: fields.completions },
      since: fields.completedAt ?? done?.since,
    });
  }
  const pause = isTrue('Suspended');
  if (fields.suspendedBySpec || pause) {
    return suspended('Suspended', {
      message: 'Is suspended: no pod is started.',
      since: pause?.since,
    });
  }
  if (!fields.hasStatus) {
    return unknown('Unclear', {
      message: 'Its controller has not reported on it yet.',
      since: head.createdAt,
    });
  }
  return judgeActive(fields, findings);
}

function judgeFailed(
  fields: JobFields,
  options: { failed: Condition; findings: readonly PodFinding[] },
): Judgement {
  const { failed, findings } = options;
  const code = failed.reason ?? 'Failed';
  const describe = failureTexts[code];
  const what = describe
    ? describe(fields)
    : `Failed: ${closeSentence(failed.message ?? code, 80)}`;
  const cause = findCause(findings);
  const known = Object.hasOwn(failureTexts, code);
  return degraded(cause?.reason === 'OOMKilled' ? 'OOMKilled' : 'JobFailed', {
    message: cause ? `${what} ${cause.message}` : what,
    params: {
      ...cause?.params,
      failed: fields.failed,
      cause: known ? code : 'Failed',
    },
    since: failed.since,
  });
}

/** The last pod that failed says why. */
function findCause(findings: readonly PodFinding[]): PodFinding | undefined {
  const [last] = findings
    .filter(({ health }) => health === 'degraded')
    .sort(
      (a, b) => (b.record.head.createdAt ?? 0) - (a.record.head.createdAt ?? 0),
    );
  return last;
}

function judgeActive(
  fields: JobFields,
  findings: readonly PodFinding[],
): Judgement {
  const { active, failed, succeeded, completions, backoffLimit } = fields;
  const since = fields.startedAt;
  const live = findings.find(
    ({ live: counts, health }) => counts && health === 'degraded',
  );
  if (live) {
    return degraded(live.reason, {
      message: `${live.message} ${succeeded} of ${completions} completed.`,
      params: { ...live.params, succeeded, completions },
      since: live.since ?? since,
    });
  }
  if (failed > 0) {
    const cause = findCause(findings);
    return warning('Retrying', {
      message: `${failed} of at most ${backoffLimit + 1} tries failed.${
        cause ? ` ${cause.message}` : ''
      }`,
      params: { ...cause?.params, failed, backoffLimit },
      since,
    });
  }
  return active > 0
    ? progressing('Running', {
        message: `Runs: ${active} active, ${succeeded} of ${completions} completed.`,
        params: { active, succeeded, completions },
        since,
      })
    : progressing('Starting', {
        message: 'No pod runs yet.',
        params: { active, succeeded, completions },
        since,
      });
}
