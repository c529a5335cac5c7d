import {
  Entity,
  parseEntityRef,
  RELATION_OWNED_BY,
  RELATION_PART_OF,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import { Day2Config } from '../config/types';

/** What is mirrored of an entity: columns of `entities`, without keys and bookkeeping. */
export interface EntityFields {
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  title: string | null;
  type: string | null;
  lifecycle: string | null;
  system_ref: string | null;
  /** Of a System only: others get theirs from their System. */
  domain_ref: string | null;
  owner_refs: string;
  labels: string;
  annotations: string;
  is_service: boolean;
}

/**
 * Set beside the annotations of an entity that has too many, or too many labels or owners: who may see it must be asked
 * of the catalog. An author
 * who sets it himself only makes his own entity slower to decide.
 */
export const truncatedMark = 'day2ops.io/truncated';

const maxJson = 64 * 1024;
const maxOwners = 50;
const maxColumn = 255;

/** Takes what Day 2 needs of an entity, bounded. */
export function toEntityRow(
  entity: Entity,
  filter: Day2Config['services']['filter'],
): EntityFields {
  const { metadata, spec } = entity;
  const labels = bound(metadata.labels);
  const annotations = bound(metadata.annotations);
  const owners = boundRefs(relationTargets(entity, RELATION_OWNED_BY));
  if (labels.truncated || annotations.truncated || owners.truncated) {
    annotations.kept[truncatedMark] = 'true';
  }
  const type = cut(spec?.type);
  const isSystem = entity.kind.toLocaleLowerCase('en-US') === 'system';
  return {
    ref: stringifyEntityRef(entity),
    kind: entity.kind,
    namespace: metadata.namespace ?? 'default',
    name: metadata.name,
    title: cut(metadata.title),
    type,
    lifecycle: cut(spec?.lifecycle),
    system_ref: isSystem ? null : partOf(entity, 'system'),
    domain_ref: isSystem ? partOf(entity, 'domain') : null,
    owner_refs: JSON.stringify(owners.kept),
    labels: JSON.stringify(labels.kept),
    annotations: JSON.stringify(annotations.kept),
    is_service:
      canRun(entity.kind) &&
      (hasClaim(annotations.kept) ||
        matchesFilter({ kind: entity.kind, type, filter })),
  };
}

const neverRun = [
  'api',
  'domain',
  'group',
  'location',
  'system',
  'template',
  'user',
];

/** Kinds that describe and group never run themselves; others, an adopter's own included, may. */
export function canRun(kind: string): boolean {
  return !neverRun.includes(kind.toLocaleLowerCase('en-US'));
}

const unmirrored = ['location', 'template', 'user'];

/** People and bookkeeping are not mirrored. */
export function isMirrored(kind: string): boolean {
  return !unmirrored.includes(kind.toLocaleLowerCase('en-US'));
}

function hasClaim(annotations: Readonly<Record<string, string>>): boolean {
  return Boolean(
    annotations[annotationNames.kubernetesId] ||
      annotations[annotationNames.kubernetesLabelSelector],
  );
}

function matchesFilter(options: {
  kind: string;
  type: string | null;
  filter: Day2Config['services']['filter'];
}): boolean {
  const kind = options.kind.toLocaleLowerCase('en-US');
  const type = options.type?.toLocaleLowerCase('en-US') ?? '';
  return options.filter.some(
    entry => entry.kind === kind && (entry.types?.includes(type) ?? true),
  );
}

function partOf(entity: Entity, kind: string): string | null {
  return (
    relationTargets(entity, RELATION_PART_OF).find(
      ref =>
        ref.length <= maxColumn &&
        parseEntityRef(ref).kind.toLocaleLowerCase('en-US') === kind,
    ) ?? null
  );
}

function relationTargets(entity: Entity, type: string): string[] {
  return (entity.relations ?? [])
    .filter(relation => relation.type === type)
    .map(relation => relation.targetRef);
}

function boundRefs(refs: readonly string[]): {
  kept: string[];
  truncated: boolean;
} {
  const kept = refs.filter(ref => ref.length <= maxColumn).slice(0, maxOwners);
  return { kept, truncated: kept.length < refs.length };
}

function cut(value: unknown): string | null {
  if (typeof value !== 'string' || value === '') {
    return null;
  }
  // PostgreSQL has no NUL in texts.
  return value.replaceAll('\0', '').slice(0, maxColumn);
}

/** Day 2's own names come first, so that they are kept whatever else there is. */
function bound(values: Record<string, string> | undefined): {
  kept: Record<string, string>;
  truncated: boolean;
} {
  const ours: string[] = Object.values(annotationNames);
  const entries = Object.entries(values ?? {})
    .filter(([, value]) => typeof value === 'string')
    .sort(
      ([a], [b]) =>
        Number(ours.includes(b)) - Number(ours.includes(a)) || (a < b ? -1 : 1),
    );
  const kept: [string, string][] = [];
  let left = maxJson;
  for (const [key, value] of entries) {
    left -= JSON.stringify(key).length + JSON.stringify(value).length + 2;
    if (left < 0) {
      break;
    }
    kept.push([key, value]);
  }
  return {
    kept: Object.fromEntries(kept),
    truncated: kept.length < entries.length,
  };
}
