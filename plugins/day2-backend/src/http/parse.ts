import { InputError } from '@backstage/errors';
import { z } from 'zod';

/**
 * Parses what a caller sent.
 *
 * @throws InputError that names every wrong field and what it may be
 */
export function parse<T extends z.ZodType>(
  schema: T,
  input: unknown,
): z.infer<T> {
  const result = schema.safeParse(input);
  if (result.success) {
    return result.data;
  }
  const problems = result.error.issues.map(issue => {
    const field = issue.path.join('.');
    return field ? `${field}: ${issue.message}` : issue.message;
  });
  throw new InputError(problems.join('; '));
}
