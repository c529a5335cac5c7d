import { truncatedMark } from './toEntityRow';
import { DirectoryEntity } from './types';

/** Columns of `entities` that the mirror reads. */
export interface EntityRow {
  id: number;
  ref: string;
  kind: string;
  namespace: string;
  name: string;
  is_service: boolean | 0 | 1;
  owner_refs: string;
  labels: string;
  annotations: string;
  revision: number;
  gone_at: number | null;
}

export const mirroredColumns = [
  'id',
  'ref',
  'kind',
  'namespace',
  'name',
  'is_service',
  'owner_refs',
  'labels',
  'annotations',
  'revision',
  'gone_at',
] satisfies (keyof EntityRow)[];

export function toDirectoryEntity(row: EntityRow): DirectoryEntity {
  const annotations: Record<string, string> = JSON.parse(row.annotations);
  return {
    id: row.id,
    ref: row.ref,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    isService: Boolean(row.is_service),
    ownerRefs: JSON.parse(row.owner_refs),
    labels: JSON.parse(row.labels),
    annotations,
    truncated: Object.hasOwn(annotations, truncatedMark),
  };
}
