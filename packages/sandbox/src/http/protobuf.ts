import { isRecord } from '../cluster/json';
import { badRequest } from '../cluster/statusError';

/**
 * Reads the few protobuf bodies that kubectl's typed clients send: what it asks of its own rights, what it deletes and
 * evicts, and the two kinds people create most without a file. Field numbers as in `generated.proto` of k8s.io/api and
 * k8s.io/apimachinery. Answers are always JSON, which these clients accept.
 */
type FieldKind =
  | 'string'
  | 'strings'
  | 'integer'
  | 'boolean'
  | 'map'
  | { message: Schema };

type Schema = Record<number, readonly [name: string, kind: FieldKind]>;

interface Field {
  number: number;
  varint?: number;
  bytes?: Buffer;
}

const METADATA: Schema = {
  1: ['name', 'string'],
  2: ['generateName', 'string'],
  3: ['namespace', 'string'],
  5: ['uid', 'string'],
  6: ['resourceVersion', 'string'],
  11: ['labels', 'map'],
  12: ['annotations', 'map'],
  14: ['finalizers', 'strings'],
};

const DELETE_OPTIONS: Schema = {
  1: ['gracePeriodSeconds', 'integer'],
  2: [
    'preconditions',
    { message: { 1: ['uid', 'string'], 2: ['resourceVersion', 'string'] } },
  ],
  3: ['orphanDependents', 'boolean'],
  4: ['propagationPolicy', 'string'],
  5: ['dryRun', 'strings'],
};

const ACCESS_REVIEW_SPEC: Schema = {
  1: [
    'resourceAttributes',
    {
      message: {
        1: ['namespace', 'string'],
        2: ['verb', 'string'],
        3: ['group', 'string'],
        4: ['version', 'string'],
        5: ['resource', 'string'],
        6: ['subresource', 'string'],
        7: ['name', 'string'],
      },
    },
  ],
  2: [
    'nonResourceAttributes',
    { message: { 1: ['path', 'string'], 2: ['verb', 'string'] } },
  ],
};

function withMetadata(schema: Schema): Schema {
  return { 1: ['metadata', { message: METADATA }], ...schema };
}

const SCHEMAS: Record<string, Schema> = {
  ConfigMap: withMetadata({ 2: ['data', 'map'], 4: ['immutable', 'boolean'] }),
  DeleteOptions: DELETE_OPTIONS,
  Eviction: withMetadata({ 2: ['deleteOptions', { message: DELETE_OPTIONS }] }),
  Namespace: withMetadata({
    2: ['spec', { message: { 1: ['finalizers', 'strings'] } }],
  }),
  SelfSubjectAccessReview: withMetadata({
    2: ['spec', { message: ACCESS_REVIEW_SPEC }],
  }),
  SelfSubjectReview: withMetadata({}),
  SelfSubjectRulesReview: withMetadata({
    2: ['spec', { message: { 1: ['namespace', 'string'] } }],
  }),
};

const MAGIC = Buffer.from('k8s\0');
const ENVELOPE: Schema = {
  1: [
    'typeMeta',
    { message: { 1: ['apiVersion', 'string'], 2: ['kind', 'string'] } },
  ],
};

function malformed(): Error {
  return badRequest('the object provided is unrecognized: malformed protobuf');
}

function readVarint(buffer: Buffer, start: number): [number, number] {
  let value = 0;
  // Ten bytes hold 64 bits; what exceeds 2^53 is no number that these kinds use.
  for (let index = 0; index < 10; index++) {
    const byte = buffer[start + index];
    if (byte === undefined) break;
    value += (byte % 128) * 2 ** (7 * index);
    if (byte < 128) return [value, start + index + 1];
  }
  throw malformed();
}

function* fieldsOf(buffer: Buffer): Generator<Field> {
  let position = 0;
  while (position < buffer.length) {
    const [tag, afterTag] = readVarint(buffer, position);
    const number = Math.floor(tag / 8);
    const wire = tag % 8;
    if (wire === 0) {
      const [varint, next] = readVarint(buffer, afterTag);
      position = next;
      yield { number, varint };
    } else if (wire === 2) {
      const [length, from] = readVarint(buffer, afterTag);
      position = from + length;
      if (position > buffer.length) throw malformed();
      yield { number, bytes: buffer.subarray(from, position) };
    } else if (wire === 1 || wire === 5) {
      position = afterTag + (wire === 1 ? 8 : 4);
    } else {
      throw malformed();
    }
  }
}

function readEntry(bytes: Buffer): [string, string] {
  let key = '';
  let value = '';
  for (const field of fieldsOf(bytes)) {
    const text = field.bytes?.toString('utf8') ?? '';
    if (field.number === 1) key = text;
    if (field.number === 2) value = text;
  }
  return [key, value];
}

function readMessage(buffer: Buffer, schema: Schema): Record<string, unknown> {
  const message: Record<string, unknown> = {};
  const lists = new Map<string, string[]>();
  const maps = new Map<string, [string, string][]>();
  for (const { number, varint, bytes } of fieldsOf(buffer)) {
    const [name, kind] = schema[number] ?? [];
    if (!name || !kind) continue;
    if (kind === 'integer') {
      message[name] = varint;
    } else if (kind === 'boolean') {
      message[name] = varint === 1;
    } else if (!bytes) {
      throw malformed();
    } else if (kind === 'strings') {
      lists.set(name, [...(lists.get(name) ?? []), bytes.toString('utf8')]);
    } else if (kind === 'map') {
      maps.set(name, [...(maps.get(name) ?? []), readEntry(bytes)]);
    } else if (kind === 'string') {
      // Go has no absent string: an empty one says nothing.
      if (bytes.length) message[name] = bytes.toString('utf8');
    } else {
      message[name] = readMessage(bytes, kind.message);
    }
  }
  for (const [name, list] of lists) message[name] = list;
  for (const [name, map] of maps) message[name] = Object.fromEntries(map);
  return message;
}

/** Decodes a body; undefined for a kind that is not read in this format. Throws 400. */
export function decodeProtobuf(
  body: Buffer,
): Record<string, unknown> | undefined {
  if (!body.subarray(0, MAGIC.length).equals(MAGIC)) throw malformed();
  const envelope = body.subarray(MAGIC.length);
  const { typeMeta } = readMessage(envelope, ENVELOPE);
  const { apiVersion, kind } = isRecord(typeMeta) ? typeMeta : {};
  if (typeof kind !== 'string' || !Object.hasOwn(SCHEMAS, kind)) {
    return undefined;
  }
  const raw = [...fieldsOf(envelope)].find(({ number }) => number === 2);
  const object = readMessage(raw?.bytes ?? Buffer.alloc(0), SCHEMAS[kind]);
  return { apiVersion, kind, ...object };
}
