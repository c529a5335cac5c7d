import { ConfigReader } from '@backstage/config';
import { InputError, isError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { Source } from '@day2ops/backstage-plugin-day2-node';
import { parse } from 'yaml';
import { readDay2Config } from '../config/readDay2Config';
import { createConfiguredSource } from '../sources';

/**
 * The kinds that app-config files describe under `day2.kinds`; in several files, all of them.
 *
 * @throws InputError naming the file that cannot be read, or the key that is wrong
 */
export async function readConfiguredSources(
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<Source[]> {
  const kinds = await Promise.all(files.map(file => readKinds(file, read)));
  return kinds.some(all => all.length > 0)
    ? [createConfiguredSource(kinds.flat())]
    : [];
}

async function readKinds(
  file: string,
  read: (file: string) => Promise<string>,
) {
  try {
    const parsed: JsonValue = parse(await read(file));
    // The rest may need an environment that is not here.
    const kinds = new ConfigReader({ file: parsed }).getOptional(
      'file.day2.kinds',
    );
    const own = new ConfigReader(
      kinds === undefined ? {} : { day2: { kinds } },
    );
    return readDay2Config(own).kinds;
  } catch (error) {
    throw isError(error)
      ? new InputError(`${file} cannot be read: ${error.message}`)
      : error;
  }
}
