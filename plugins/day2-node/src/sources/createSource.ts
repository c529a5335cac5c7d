import { InputError } from '@backstage/errors';
import { kindName } from '../records/kindName';
import { Source } from './types';

/**
 * Defines a source and fails at once where the engine would fail later.
 *
 * @throws InputError when the id is not kebab case or a kind is listed twice
 * @public
 */
export function createSource(source: Source): Source {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(source.id)) {
    throw new InputError(`Source id "${source.id}" is not in kebab case`);
  }
  const seen = new Set<string>();
  for (const { group, kind } of source.kinds) {
    const name = kindName({ group, kind });
    if (seen.has(name)) {
      throw new InputError(`Source "${source.id}" lists kind ${name} twice`);
    }
    seen.add(name);
  }
  return Object.freeze(source);
}
