import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import { CorrelationTarget } from '../../model/types';
import { IndexedEntity } from './indexEntity';
import { matchesSelector } from './parseSelector';
import { readEntityRefs } from './readEntityRefs';

/**
 * How an object and an entity found each other. `ref`: the object names the entity; `id`: both carry one kubernetes
 * id; `name`: the object's kubernetes id is the entity's name; `selector`: only the entity says so.
 */
export interface Match {
  entity: IndexedEntity;
  by: 'ref' | 'id' | 'name' | 'selector';
}

/** From here on, an object's labels are fewer than the keys that selectors are filed under. */
const manyKeys = 8;

type Files = Map<string, Set<IndexedEntity>>;

/**
 * Entities, filed by what an object of theirs would carry. A lookup costs as much as the object has labels: no selector
 * runs against objects that lack its first equality.
 */
export class ClaimIndex {
  readonly #refs: Files = new Map();
  readonly #ids: Files = new Map();
  readonly #fallbackIds: Files = new Map();
  /** Selectors by label key, then value. */
  readonly #labels = new Map<string, Files>();
  readonly #keys: Files = new Map();
  readonly #namespaces: Files = new Map();

  add(entity: IndexedEntity): void {
    for (const [files, key] of this.#placesOf(entity)) {
      const file = files.get(key);
      if (file) {
        file.add(entity);
      } else {
        files.set(key, new Set([entity]));
      }
    }
  }

  /** Takes out exactly what was added. */
  remove(entity: IndexedEntity): void {
    for (const [files, key] of this.#placesOf(entity)) {
      const file = files.get(key);
      file?.delete(entity);
      if (file?.size === 0) {
        files.delete(key);
      }
    }
    const file = entity.selector?.file;
    if (file?.by === 'label' && this.#labels.get(file.key)?.size === 0) {
      this.#labels.delete(file.key);
    }
  }

  /** Entities that this object belongs to by itself, without its owners. */
  match(target: CorrelationTarget): Match[] {
    const matches: Match[] = [];
    for (const ref of readEntityRefs(target)) {
      for (const entity of this.#refs.get(ref) ?? []) {
        matches.push({ entity, by: 'ref' });
      }
    }
    const id = target.labels[annotationNames.kubernetesId];
    if (id) {
      this.#take(matches, target, 'id', this.#ids.get(id));
      this.#take(matches, target, 'name', this.#fallbackIds.get(id));
    }
    for (const candidates of this.#candidates(target)) {
      this.#take(matches, target, 'selector', candidates);
    }
    return matches;
  }

  /** Whether anything matches, quickly where nothing does: asked of every object when an entity changes. */
  touches(target: CorrelationTarget): boolean {
    return this.#mayTouch(target) && this.match(target).length > 0;
  }

  #mayTouch({ labels, annotations }: CorrelationTarget): boolean {
    if (
      this.#keys.size > 0 ||
      this.#namespaces.size > 0 ||
      this.#labels.size > manyKeys ||
      annotations[annotationNames.entity] !== undefined ||
      labels[annotationNames.entity] !== undefined
    ) {
      return true;
    }
    const id = labels[annotationNames.kubernetesId];
    if (id !== undefined && (this.#ids.has(id) || this.#fallbackIds.has(id))) {
      return true;
    }
    for (const [key, files] of this.#labels) {
      const value = labels[key];
      if (value !== undefined && files.has(value)) {
        return true;
      }
    }
    return false;
  }

  #placesOf(entity: IndexedEntity): [Files, string][] {
    const places: [Files, string][] = [[this.#refs, entity.ref]];
    if (entity.kubernetesId) {
      places.push([this.#ids, entity.kubernetesId]);
    }
    if (entity.fallbackId) {
      places.push([this.#fallbackIds, entity.fallbackId]);
    }
    const file = entity.selector?.file;
    if (file?.by === 'namespace') {
      places.push([this.#namespaces, file.namespace]);
    } else if (file?.by === 'key') {
      places.push([this.#keys, file.key]);
    } else if (file) {
      const files: Files = this.#labels.get(file.key) ?? new Map();
      this.#labels.set(file.key, files);
      for (const value of file.values) {
        places.push([files, value]);
      }
    }
    return places;
  }

  /** Entities whose selector may match. */
  *#candidates(
    target: CorrelationTarget,
  ): Generator<ReadonlySet<IndexedEntity> | undefined> {
    // Few keys are filed in practice; an object may carry many.
    const keys =
      this.#labels.size <= manyKeys
        ? this.#labels.keys()
        : Object.keys(target.labels);
    for (const key of keys) {
      yield this.#labels.get(key)?.get(target.labels[key]);
    }
    if (this.#keys.size > 0) {
      for (const key of Object.keys(target.labels)) {
        yield this.#keys.get(key);
      }
    }
    if (target.namespace) {
      yield this.#namespaces.get(target.namespace);
    }
  }

  #take(
    matches: Match[],
    target: CorrelationTarget,
    by: Match['by'],
    candidates: ReadonlySet<IndexedEntity> | undefined,
  ): void {
    for (const entity of candidates ?? []) {
      const { namespace, cluster, selector } = entity;
      if (
        (namespace === undefined || namespace === target.namespace) &&
        (cluster === undefined || cluster === target.cluster) &&
        (by !== 'selector' ||
          (selector && matchesSelector(selector.requirements, target.labels)))
      ) {
        matches.push({ entity, by });
      }
    }
  }
}
