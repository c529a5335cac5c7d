import {
  at,
  list,
  map,
  text,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { InputError } from '@backstage/errors';
import { isMap, isScalar, LineCounter, parseAllDocuments } from 'yaml';

/**
 * Objects of a text of YAML or JSON: several documents, one JSON object a line, and lists of any kind, unfolded in
 * order.
 *
 * @throws InputError naming document and line of what cannot be read
 */
export function parseDocuments(content: string): UntrustedObject[] {
  const json = parseJson(content);
  return (json ?? parseYaml(content)).flatMap(unfold);
}

/** `undefined` when it is no JSON, which YAML may still be able to read and explains better. */
function parseJson(content: string): UntrustedObject[] | undefined {
  if (!/^\s*\{/.test(content)) {
    return undefined;
  }
  const whole = tryJson(content);
  if (whole) {
    return [whole];
  }
  const lines = content.split('\n').filter(line => line.trim() !== '');
  const objects = lines.map(tryJson).filter(object => object !== undefined);
  return objects.length === lines.length ? objects : undefined;
}

function tryJson(content: string): UntrustedObject | undefined {
  try {
    const value: unknown = JSON.parse(content);
    return map(value) === value ? map(value) : undefined;
  } catch {
    return undefined;
  }
}

function parseYaml(content: string): UntrustedObject[] {
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(content, {
    lineCounter,
    logLevel: 'silent',
    // What kubectl prints may repeat a key of an annotation; the last one counts, as for Kubernetes.
    uniqueKeys: false,
  });
  const objects: UntrustedObject[] = [];
  for (const [index, document] of [...documents].entries()) {
    const where = (offset: number) =>
      `document ${index + 1}, line ${lineCounter.linePos(offset).line}`;
    const [error] = document.errors;
    if (error) {
      const [reason] = error.message.split(' at line ');
      throw new InputError(`${where(error.pos[0])}: ${reason}`);
    }
    const { contents } = document;
    if (!contents || (isScalar(contents) && contents.value === null)) {
      continue;
    }
    if (!isMap(contents)) {
      const [start] = contents.range ?? document.range;
      throw new InputError(
        `${where(start)}: a Kubernetes object is a mapping, this is not one`,
      );
    }
    objects.push(readDocument(document, where(contents.range?.[0] ?? 0)));
  }
  return objects;
}

function readDocument(
  document: { toJS(): unknown },
  where: string,
): UntrustedObject {
  try {
    return map(document.toJS());
  } catch (error) {
    // For example an alias without an anchor, or more aliases than anybody needs.
    const reason = error instanceof Error ? error.message : String(error);
    throw new InputError(`${where}: ${reason}`);
  }
}

/** Items of a `List`, `PodList` and so on; those of a typed list may leave out what the list says. */
function unfold(object: UntrustedObject): UntrustedObject[] {
  const kind = text(at(object, 'kind'));
  const items = at(object, 'items');
  if (!kind?.endsWith('List') || !Array.isArray(items)) {
    return [object];
  }
  const typed = kind === 'List' ? undefined : kind.slice(0, -'List'.length);
  const apiVersion = text(at(object, 'apiVersion'));
  return list(items, Number.MAX_SAFE_INTEGER).flatMap(item =>
    unfold(
      typed === undefined
        ? map(item)
        : { apiVersion, kind: typed, ...map(item) },
    ),
  );
}
