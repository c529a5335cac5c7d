import { z } from 'zod';
import { DirectoryEntity } from '../directory/types';
import { Condition, Criteria } from './criteria';

type Test = (entity: DirectoryEntity) => boolean;

const lower = (text: string) => text.toLowerCase();

/**
 * The catalog's own rules over what the directory mirrors. They must answer what the catalog answers: a test holds them
 * equal to `permissionRules` of `@backstage/plugin-catalog-backend/alpha`.
 */
const rules = new Map<string, (params: unknown) => Test | undefined>([
  [
    'IS_ENTITY_KIND',
    rule(z.object({ kinds: z.array(z.string()) }), ({ kinds }) => {
      const wanted = new Set(kinds.map(lower));
      return entity => wanted.has(lower(entity.kind));
    }),
  ],
  [
    'IS_ENTITY_OWNER',
    rule(z.object({ claims: z.array(z.string()) }), ({ claims }) => {
      const wanted = new Set(claims);
      return entity => entity.ownerRefs.some(ref => wanted.has(ref));
    }),
  ],
  [
    'HAS_LABEL',
    rule(
      z.object({ label: z.string(), value: z.string().optional() }),
      ({ label, value }) => {
        const test = hasEntry(label, value);
        return entity => test(entity.labels);
      },
    ),
  ],
  [
    'HAS_ANNOTATION',
    rule(
      z.object({ annotation: z.string(), value: z.string().optional() }),
      ({ annotation, value }) => {
        const test = hasEntry(annotation, value);
        return entity => test(entity.annotations);
      },
    ),
  ],
]);

/**
 * @returns how to evaluate the criteria over mirrored entities; `undefined` when a rule or its parameters are not among
 * those that the catalog has by itself, so that only the catalog can tell
 */
export function compileCriteria(criteria: Criteria): Test | undefined {
  if ('not' in criteria) {
    const test = compileCriteria(criteria.not);
    return test && (entity => !test(entity));
  }
  if ('allOf' in criteria) {
    const tests = compileAll(criteria.allOf);
    return tests && (entity => tests.every(test => test(entity)));
  }
  if ('anyOf' in criteria) {
    const tests = compileAll(criteria.anyOf);
    return tests && (entity => tests.some(test => test(entity)));
  }
  return compileCondition(criteria);
}

function compileAll(all: readonly Criteria[]): Test[] | undefined {
  const tests = all.map(compileCriteria);
  return tests.every(test => test !== undefined) ? tests : undefined;
}

function compileCondition({ rule: name, params }: Condition): Test | undefined {
  return rules.get(name)?.(params ?? {});
}

function rule<T>(
  schema: z.ZodType<T>,
  create: (params: T) => Test,
): (params: unknown) => Test | undefined {
  return params => {
    const parsed = schema.safeParse(params);
    return parsed.success ? create(parsed.data) : undefined;
  };
}

/** The catalog compares keys and values of labels and annotations without their case. */
function hasEntry(
  key: string,
  value: string | undefined,
): (entries: Readonly<Record<string, string>>) => boolean {
  const wantedKey = lower(key);
  const wantedValue = value === undefined ? undefined : lower(value);
  return entries =>
    Object.entries(entries).some(
      ([name, content]) =>
        lower(name) === wantedKey &&
        (wantedValue === undefined || lower(content) === wantedValue),
    );
}
