import { apiVersionOf } from '../cluster/keys';
import type { KubernetesObject, ResourceType } from '../cluster/types';
import type { ResourceContext } from './context';
import { isCustom } from './customFields';
import { toServed } from './shapes';
import { tableColumns, tableRow } from './tables/tables';

export interface ListMeta {
  resourceVersion: string;
  continue?: string;
  remainingItemCount?: number;
}

/** `PartialObjectMetadata` of meta/v1. */
export function toPartial(object: KubernetesObject): Record<string, unknown> {
  return {
    kind: 'PartialObjectMetadata',
    apiVersion: 'meta.k8s.io/v1',
    metadata: object.metadata,
  };
}

function toTable(options: {
  context: ResourceContext;
  objects: readonly KubernetesObject[];
  metadata: ListMeta;
  columns: boolean;
}): Record<string, unknown> {
  const { context, objects, metadata, columns } = options;
  const { type, cluster, query } = context;
  const whole = query.get('includeObject');
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata,
    columnDefinitions: columns ? tableColumns(cluster, type) : null,
    rows: objects.map(object => ({
      cells: tableRow(cluster, type, object),
      ...(whole === 'None'
        ? {}
        : {
            object:
              whole === 'Object' ? toServed(object, type) : toPartial(object),
          }),
    })),
  };
}

/** One object as the client asked for it. */
export function represent(
  context: ResourceContext,
  object: KubernetesObject,
): Record<string, unknown> {
  switch (context.accepted.representation) {
    case 'table':
      return toTable({
        context,
        objects: [object],
        metadata: { resourceVersion: object.metadata.resourceVersion ?? '' },
        columns: true,
      });
    case 'partial':
      return toPartial(object);
    default:
      return toServed(object, context.type);
  }
}

/** One object within a watch: a table says its columns only once. */
export function representEvent(
  context: ResourceContext,
  object: KubernetesObject,
  first: boolean,
): Record<string, unknown> {
  if (context.accepted.representation !== 'table') {
    return represent(context, object);
  }
  return toTable({
    context,
    objects: [object],
    metadata: { resourceVersion: object.metadata.resourceVersion ?? '' },
    columns: first,
  });
}

// Lists of built-in kinds are typed: their items do not repeat the kind.
function listItem(
  object: KubernetesObject,
  type: ResourceType,
  custom: boolean,
): Record<string, unknown> {
  const served = toServed(object, type);
  if (custom) return served;
  const { apiVersion, kind, ...item } = served;
  return item;
}

/** A list as the client asked for it. */
export function representList(
  context: ResourceContext,
  objects: readonly KubernetesObject[],
  metadata: ListMeta,
): Record<string, unknown> {
  const { type, cluster } = context;
  switch (context.accepted.representation) {
    case 'table':
      return toTable({ context, objects, metadata, columns: true });
    case 'partial':
      return {
        kind: 'PartialObjectMetadataList',
        apiVersion: 'meta.k8s.io/v1',
        metadata,
        items: objects.map(toPartial),
      };
    default: {
      const custom = isCustom(cluster, type);
      return {
        kind: `${type.kind}List`,
        apiVersion: apiVersionOf(type),
        metadata,
        items: objects.map(object => listItem(object, type, custom)),
      };
    }
  }
}
