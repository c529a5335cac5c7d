import {
  at,
  judgeObjects,
  redact,
  Source,
  text,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { Health } from '@day2ops/backstage-plugin-day2-common';

/** What `yarn judge` prints of an object, in this order. */
export interface JudgedLine {
  apiVersion: string;
  kind: string;
  namespace: string | null;
  name: string;
  health: Health;
  reason: string;
  message: string;
}

/** One line for each object, in the order of the objects. */
export function judgeLines(
  objects: readonly UntrustedObject[],
  options: { sources: readonly Source[]; now: number },
): JudgedLine[] {
  return judgeObjects(objects, options).map((judged, index) => {
    if (!judged) {
      return notAnObject(objects[index]);
    }
    const { apiVersion, kind, namespace, name } = judged.record.head;
    const { health, reason, message } = judged.judgement;
    return {
      apiVersion,
      kind,
      namespace: namespace ?? null,
      name,
      health,
      reason,
      message,
    };
  });
}

function notAnObject(object: UntrustedObject): JudgedLine {
  const read = (...path: string[]) => redact(text(at(object, ...path)) ?? '');
  const required = [['apiVersion'], ['kind'], ['metadata', 'name']];
  const missing = required.find(path => read(...path) === '') ?? [];
  return {
    apiVersion: read('apiVersion'),
    kind: read('kind'),
    namespace: read('metadata', 'namespace') || null,
    name: read('metadata', 'name'),
    health: 'unknown',
    reason: 'SourceError',
    message: `Is no Kubernetes object: \`${missing.join('.')}\` is missing.`,
  };
}
