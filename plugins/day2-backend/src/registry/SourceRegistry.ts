import { ConflictError, InputError } from '@backstage/errors';
import {
  Day2SourcesExtensionPoint,
  kindName,
  Source,
} from '@day2ops/backstage-plugin-day2-node';
import { Day2Config } from '../config/types';

/** A source that is switched on, with its settings read. */
export interface EnabledSource {
  source: Source;
  settings: Readonly<Record<string, unknown>>;
}

/**
 * Collects sources while modules register, and is read once when the plugin starts.
 */
export class SourceRegistry implements Day2SourcesExtensionPoint {
  private readonly sources = new Map<string, Source>();
  private readonly kindOwners = new Map<string, string>();

  addSource(source: Source): void {
    if (this.sources.has(source.id)) {
      throw new ConflictError(`There are two sources "${source.id}"`);
    }
    const names = source.kinds.map(kindName);
    for (const name of names) {
      const owner = this.kindOwners.get(name);
      if (owner !== undefined) {
        throw new ConflictError(
          `Sources "${owner}" and "${source.id}" both list kind ${name}`,
        );
      }
    }
    this.sources.set(source.id, source);
    for (const name of names) {
      this.kindOwners.set(name, source.id);
    }
  }

  /**
   * Sources that app-config does not switch off.
   *
   * @throws InputError when app-config names a source that nobody added, or settings that the source refuses
   */
  enabled(config: Day2Config['sources']): EnabledSource[] {
    for (const id of Object.keys(config)) {
      if (!this.sources.has(id)) {
        const known = [...this.sources.keys()].sort().join(', ');
        throw new InputError(
          `day2.sources.${id} configures a source that is not installed; installed are ${known}`,
        );
      }
    }
    return [...this.sources.values()]
      .filter(({ id }) => config[id]?.enabled ?? true)
      .map(source => {
        const settings = config[source.id]?.settings ?? {};
        return {
          source,
          settings: source.readSettings?.(settings) ?? settings,
        };
      });
  }
}
