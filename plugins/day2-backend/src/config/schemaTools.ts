import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { ConfigReader, readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds, JsonValue } from '@backstage/types';
import { z } from 'zod';

/** An object without unknown keys; what is unknown gets the nearest known key as a suggestion. */
export function section<T extends z.ZodRawShape>(shape: T) {
  const known = Object.keys(shape);
  return z.strictObject(shape, {
    error: issue => {
      if (issue.code === 'unrecognized_keys') {
        return (issue.keys as string[])
          .map(key => describeUnknownKey(key, known))
          .join('; ');
      }
      return issue.code === 'invalid_type' ? 'must be an object' : undefined;
    },
  });
}

function describeUnknownKey(key: string, known: readonly string[]): string {
  const [nearest] = known
    .map(name => ({ name, steps: editDistance(key, name) }))
    .filter(({ name, steps }) => steps <= Math.max(2, name.length / 3))
    .sort((a, b) => a.steps - b.steps);
  const wayOut = nearest
    ? `did you mean ${nearest.name}?`
    : `known keys are ${known.join(', ')}`;
  return `has the unknown key ${key}: ${wayOut}`;
}

function editDistance(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= to.length; column += 1) {
      const same =
        from[row - 1].toLocaleLowerCase('en-US') ===
        to[column - 1].toLocaleLowerCase('en-US');
      current.push(
        Math.min(
          previous[column] + 1,
          current[column - 1] + 1,
          previous[column - 1] + (same ? 0 : 1),
        ),
      );
    }
    previous = current;
  }
  return previous[to.length];
}

export const text = (max = 253) =>
  z
    .string('must be a text')
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`);

/** Substituted variables arrive as texts. */
export const flag = z.preprocess(value => {
  if (value === 'true') {
    return true;
  }
  return value === 'false' ? false : value;
}, z.boolean('must be true or false'));

export const oneOf = <const T extends readonly [string, ...string[]]>(
  values: T,
) => z.enum(values, `must be one of ${values.join(', ')}`);

export const listOf = <T extends z.ZodType>(item: T, max = 1000) =>
  z.array(item, 'must be a list').max(max, `must have at most ${max} elements`);

/** Milliseconds of `{ minutes: 5 }`, `5m` or `PT5M`, between `min` and `max` milliseconds. */
export function duration(options: { min: number; max: number }) {
  return z
    .custom<JsonValue>(value => value !== null)
    .transform((value, context) => {
      const config = new ConfigReader({ value });
      try {
        const ms = durationToMilliseconds(
          readDurationFromConfig(config, { key: 'value' }),
        );
        if (ms >= options.min && ms <= options.max) {
          return ms;
        }
        context.addIssue(
          `must be between ${options.min} and ${options.max} milliseconds, and is ${ms}`,
        );
      } catch {
        context.addIssue(
          'must be a duration such as { minutes: 5 }, 5m or PT5M',
        );
      }
      return z.NEVER;
    });
}

/** A full entity ref in lower case; what is left out comes from the default kind and namespace `default`. */
export function entityRef(defaultKind: string) {
  return text(700)
    .regex(
      /^([^:/\s]+:)?([^:/\s]+\/)?[^:/\s]+$/,
      `must be an entity ref such as ${defaultKind}:default/name`,
    )
    .transform(value =>
      stringifyEntityRef(
        parseEntityRef(value, { defaultKind, defaultNamespace: 'default' }),
      ),
    );
}
