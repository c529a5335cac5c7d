import { LoggerService } from '@backstage/backend-plugin-api';
import { proofs } from '@day2ops/backstage-plugin-day2-common';
import { Day2Config } from '../../config/types';
import { CorrelationTarget, Correlator, EntityLink } from '../../model/types';
import { DirectoryEntity, EntityChange, EntityMirror } from '../types';
import { ClaimIndex, Match } from './ClaimIndex';
import { createGrants } from './createGrants';
import { createFindEnvironment } from './findEnvironment';
import { indexEntity, IndexedEntity } from './indexEntity';
import { reaches, walk } from './walk';

type Listener = Parameters<Correlator['subscribe']>[0];

/**
 * Joins objects to the entities of the mirror, and follows it.
 *
 * An object that names its entity belongs to that one; nothing is inherited through it from its owners. Links of one object are in
 * the order of their refs; of several proofs for one entity the strongest counts.
 */
export function createCorrelator(options: {
  config: Pick<Day2Config, 'clusters' | 'environments' | 'correlation'>;
  mirror: Pick<EntityMirror, 'entities' | 'subscribe'>;
  logger: LoggerService;
}): Correlator & { stop(): void } {
  const { config, mirror, logger } = options;
  const index = new ClaimIndex();
  const keep = createKeeper({ index, config, logger });
  const listeners = new Set<Listener>();

  let concerned: ClaimIndex | undefined;

  // Who listens looks at every object, so he is told once for all pages of a change.
  function apply(changes: readonly EntityChange[], more: boolean) {
    for (const entity of changes.flatMap(keep)) {
      concerned ??= new ClaimIndex();
      concerned.add(entity);
    }
    const changed = concerned;
    if (more || !changed) {
      return;
    }
    concerned = undefined;
    const mayAffect = (target: CorrelationTarget) =>
      reaches(target, object => changed.touches(object));
    for (const listener of listeners) {
      listener({ mayAffect });
    }
  }

  const unsubscribe = mirror.subscribe(apply);
  for (const entity of mirror.entities()) {
    keep({ before: undefined, after: entity });
  }

  return {
    links: createFindLinks({ index, claims: config.correlation.claims }),
    environment: createFindEnvironment(config),
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop: unsubscribe,
  };
}

/** Keeps the index to the entities; answers what one was and what it is, when that makes a difference. */
function createKeeper(options: {
  index: ClaimIndex;
  config: Pick<Day2Config, 'correlation'>;
  logger: LoggerService;
}): (change: EntityChange) => IndexedEntity[] {
  const { index, config, logger } = options;
  const grantsOf = createGrants(config.correlation.namespaces);
  const kept = new Map<number, IndexedEntity>();

  function read(entity: DirectoryEntity): IndexedEntity | undefined {
    return indexEntity({
      entity,
      grants: grantsOf(entity),
      onProblem: problem => logger.info(`${entity.ref}: ${problem}`),
    });
  }

  return ({ before: was, after: is }) => {
    const id = is?.id ?? was?.id;
    const before = id === undefined ? undefined : kept.get(id);
    const after = is && read(is);
    if (before?.signature === after?.signature) {
      return [];
    }
    if (before) {
      index.remove(before);
      kept.delete(before.id);
    }
    if (after) {
      index.add(after);
      kept.set(after.id, after);
    }
    return [before, after].filter(one => one !== undefined);
  };
}

function createFindLinks(options: {
  index: ClaimIndex;
  claims: Day2Config['correlation']['claims'];
}): Correlator['links'] {
  const { index, claims } = options;
  return target => {
    const links = new Map<number, EntityLink>();
    const closed = new Set<CorrelationTarget>();
    for (const object of walk(target, closed)) {
      const matches = index.match(object);
      for (const match of prefer(matches)) {
        const link = toLink(match, object);
        const known = links.get(link.entityId);
        if (link.proof === 'claim' && claims === 'bounded') {
          continue;
        }
        if (!known || isStronger(link, known)) {
          links.set(link.entityId, link);
        }
      }
      if (matches.some(({ by }) => by === 'ref')) {
        closed.add(object);
      }
    }
    return links.size < 2
      ? [...links.values()]
      : [...links.values()].sort((a, b) =>
          a.entityRef < b.entityRef ? -1 : 1,
        );
  };
}

/** A name stands in for an id only where nobody has that id, and a Component's name before others'. */
function prefer(matches: Match[]): Match[] {
  if (!matches.some(({ by }) => by === 'name')) {
    return matches;
  }
  const hasId = matches.some(({ by }) => by === 'id');
  const hasComponent = matches.some(
    ({ by, entity }) => by === 'name' && entity.isComponent,
  );
  return matches.filter(
    ({ by, entity }) =>
      by !== 'name' || (!hasId && (entity.isComponent || !hasComponent)),
  );
}

function toLink(match: Match, object: CorrelationTarget): EntityLink {
  const { entity, by } = match;
  const { cluster, namespace } = object;
  const isGranted =
    namespace !== undefined &&
    entity.grants !== undefined &&
    entity.grants.allows(cluster, namespace);
  const claimed = isGranted ? 'config' : 'claim';
  return {
    entityId: entity.id,
    entityRef: entity.ref,
    proof: by === 'selector' ? claimed : 'object',
    unexpectedNamespace:
      namespace !== undefined && entity.grants !== undefined && !isGranted,
  };
}

function isStronger(link: EntityLink, known: EntityLink): boolean {
  const rank = proofs.indexOf(link.proof) - proofs.indexOf(known.proof);
  return (
    rank < 0 ||
    (rank === 0 && known.unexpectedNamespace && !link.unexpectedNamespace)
  );
}
