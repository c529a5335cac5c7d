import { createLookup } from '../records/createLookup';
import { kindName } from '../records/kindName';
import { readHead } from '../records/readHead';
import {
  KindName,
  ObjectHead,
  ObjectRecord,
  OwnerReference,
  UntrustedObject,
} from '../records/types';
import { createGenericKind } from '../sources/createGenericKind';
import { KindDefinition, Source } from '../sources/types';
import { judgeObject } from './judgeObject';
import { Judgement } from './types';

/** @public */
export interface JudgedObject {
  record: ObjectRecord;
  definition: KindDefinition;
  judgement: Judgement;
}

/**
 * Judges objects that are all there is, as from a file: each looks at the others as it would in a cluster. One result
 * for each object in the same order; `undefined` for what is no Kubernetes object. Kinds that no source has are judged
 * generically; kinds of which there is no object count as absent.
 *
 * @public
 */
export function judgeObjects(
  objects: readonly UntrustedObject[],
  options: { sources: readonly Source[]; now: number },
): (JudgedObject | undefined)[] {
  const { sources, now } = options;
  const definitions = indexDefinitions(sources);
  const records = objects.map((object, index) =>
    toRecord(object, { definitions, index }),
  );
  const known = new Map<string, ObjectRecord>();
  for (const entry of records) {
    if (entry) {
      known.set(objectKey(entry.record.head), entry.record);
    }
  }
  const resolved = [...known.values()].map(record =>
    resolveOwners(record, known),
  );
  const lookup = createLookup(resolved);
  return records.map(entry => {
    if (!entry) {
      return undefined;
    }
    const { definition } = entry;
    const record = resolveOwners(entry.record, known);
    const context = { now, lookup, settings: {} };
    return {
      record,
      definition,
      judgement: judgeObject(definition, record, context),
    };
  });
}

function indexDefinitions(
  sources: readonly Source[],
): ReadonlyMap<string, KindDefinition> {
  const definitions = new Map<string, KindDefinition>();
  for (const definition of sources.flatMap(source => source.kinds)) {
    const { group, kind, versions } = definition;
    for (const version of versions) {
      const apiVersion = group ? `${group}/${version}` : version;
      definitions.set(`${apiVersion} ${kind}`, definition);
    }
  }
  return definitions;
}

function toRecord(
  object: UntrustedObject,
  options: {
    definitions: ReadonlyMap<string, KindDefinition>;
    index: number;
  },
): { definition: KindDefinition; record: ObjectRecord } | undefined {
  const { definitions, index } = options;
  const plain = readHead(object);
  if (!plain) {
    return undefined;
  }
  const definition =
    definitions.get(`${plain.apiVersion} ${plain.kind}`) ??
    createGenericKind(plain);
  const head = readHead(object, {
    keepLabels:
      definition.keepLabels?.(object) ?? definition.area !== undefined,
    keepAnnotations: definition.keepAnnotations,
  });
  return {
    definition,
    record: {
      // A file may hold objects that never were in a cluster.
      head: { ...(head ?? plain), uid: plain.uid || `document-${index}` },
      fields: definition.prune(object),
    },
  };
}

/** Objects written by hand name their owners, and have no UIDs. */
function resolveOwners(
  record: ObjectRecord,
  known: ReadonlyMap<string, ObjectRecord>,
): ObjectRecord {
  const { head } = record;
  if (head.owners.length === 0) {
    return record;
  }
  const owners = head.owners.map((owner): OwnerReference => {
    const { namespace } = head;
    const named =
      known.get(objectKey({ ...owner, namespace })) ??
      known.get(objectKey({ ...owner, namespace: undefined }));
    return owner.uid || !named ? owner : { ...owner, uid: named.head.uid };
  });
  return { ...record, head: { ...head, owners } };
}

function objectKey(
  options: Pick<ObjectHead, 'group' | 'kind' | 'namespace' | 'name'>,
): string {
  const kind: KindName = kindName(options);
  return `${kind}/${options.namespace ?? ''}/${options.name}`;
}
