import { at, list, text } from '../records/read';
import { ObjectHead, ObjectRecord } from '../records/types';
import { formatMoment } from './formatMoment';
import { readGeneration } from './readGeneration';
import { Judgement } from './types';
import { progressing, unknown, warning } from './verdicts';

const MINUTE = 60_000;
/** A kubelet needs moments to report that a pod is gone. */
const POD_SLACK_MS = MINUTE;
/** Controllers that hold a finalizer may have to talk to something slow. */
const FINALIZER_SLACK_MS = 5 * MINUTE;

/**
 * What holds for an object of any kind: fields of the wrong type, deletion, and a status that is older than the spec.
 * `undefined` when none of it applies. The order and the reading of `observedGeneration` are those of kstatus, see
 * https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md
 *
 * @public
 */
export function judgeShared(
  record: ObjectRecord,
  now: number,
): Judgement | undefined {
  const { head, fields } = record;
  if (head.deletedAt !== undefined) {
    return judgeDeletion(head, now);
  }
  const malformed = list(at(fields, 'malformed'))
    .map(field => text(field))
    .filter(field => field !== undefined);
  if (malformed.length > 0) {
    return unknown('SourceError', {
      message: `Field \`${malformed[0]}\` holds something else than it should, so nothing can be said.`,
      params: { field: malformed[0] },
    });
  }
  const observed = readGeneration(at(fields, 'observedGeneration'));
  if (
    head.generation !== undefined &&
    observed !== undefined &&
    observed < head.generation
  ) {
    return progressing('GenerationNotObserved', {
      message: `The last change has not been taken up: generation ${head.generation}, its controller has seen ${observed}.`,
      params: { generation: head.generation, observed },
    });
  }
  return undefined;
}

/**
 * Deletion: under way, or stuck once the grace period and some slack are over. The deletion timestamp of a pod already
 * includes its grace period.
 *
 * @public
 */
export function judgeDeletion(head: ObjectHead, now: number): Judgement {
  const deletedAt = head.deletedAt ?? now;
  const isPod = head.group === '' && head.kind === 'Pod';
  const slack = isPod ? POD_SLACK_MS : FINALIZER_SLACK_MS;
  const requestedAt = deletedAt - (isPod ? graceMs(head) : 0);
  const overdueAt = deletedAt + slack;
  if (now < overdueAt) {
    return progressing('Terminating', {
      message: `Is being deleted since ${formatMoment(requestedAt)}.`,
      since: requestedAt,
      dueAt: overdueAt,
    });
  }
  const names = head.finalizerNames ?? [];
  const holders = names.map(name => `\`${name}\``).join(', ');
  return warning('StuckTerminating', {
    message: holders
      ? `Deletion hangs since ${formatMoment(requestedAt)}: ${
          names.length === 1
            ? `finalizer ${holders} holds`
            : `finalizers ${holders} hold`
        } it.`
      : `Deletion hangs since ${formatMoment(requestedAt)}: ${
          isPod ? 'its node has not confirmed it' : 'nothing has removed it'
        }.`,
    params: { finalizers: names.join(', ') },
    since: requestedAt,
  });
}

function graceMs(head: ObjectHead): number {
  return (head.deletionGraceSeconds ?? 0) * 1_000;
}
