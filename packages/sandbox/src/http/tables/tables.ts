import { isRecord } from '../../cluster/json';
import { kindKey } from '../../cluster/keys';
import type { SandboxCluster } from '../../cluster/sandboxCluster';
import type { KubernetesObject, ResourceType } from '../../cluster/types';
import { customVersionOf } from '../customFields';
import type { Column } from './cells';
import { AGE, NAME, since } from './cells';
import * as others from './others';
import { podColumns } from './pod';
import * as workloads from './workloads';

const COLUMNS: Record<string, Column[]> = {
  '/ConfigMap': others.configMapColumns,
  '/Event': others.eventColumns,
  '/Namespace': others.namespaceColumns,
  '/Node': others.nodeColumns,
  '/PersistentVolume': others.persistentVolumeColumns,
  '/PersistentVolumeClaim': others.persistentVolumeClaimColumns,
  '/Pod': podColumns,
  '/ResourceQuota': others.resourceQuotaColumns,
  '/Secret': others.secretColumns,
  '/Service': others.serviceColumns,
  'apiextensions.k8s.io/CustomResourceDefinition': others.definitionColumns,
  'apps/DaemonSet': workloads.daemonSetColumns,
  'apps/Deployment': workloads.deploymentColumns,
  'apps/ReplicaSet': workloads.replicaSetColumns,
  'apps/StatefulSet': workloads.statefulSetColumns,
  'autoscaling/HorizontalPodAutoscaler':
    workloads.horizontalPodAutoscalerColumns,
  'batch/CronJob': workloads.cronJobColumns,
  'batch/Job': workloads.jobColumns,
  'coordination.k8s.io/Lease': others.leaseColumns,
  'events.k8s.io/Event': others.eventColumns,
  'networking.k8s.io/Ingress': others.ingressColumns,
  'policy/PodDisruptionBudget': workloads.podDisruptionBudgetColumns,
  'storage.k8s.io/StorageClass': others.storageClassColumns,
};

const COLUMN_TYPES = ['string', 'integer', 'boolean', 'date'] as const;

// Simple paths with quoted or bracketed members; filters are beyond what a table needs here.
function valueAt(object: unknown, path: string): unknown {
  const steps = path.matchAll(/\.([^.[\]]+)|\['([^']*)'\]|\[(\d+)\]/g);
  let value = object;
  for (const [, member, quoted, index] of steps) {
    if (index !== undefined) {
      value = Array.isArray(value) ? value[Number(index)] : undefined;
    } else {
      value = isRecord(value) ? value[member ?? quoted] : undefined;
    }
  }
  return value;
}

function printerColumns(
  cluster: SandboxCluster,
  type: ResourceType,
): Column[] | undefined {
  const columns = customVersionOf(cluster, type)?.additionalPrinterColumns;
  if (!Array.isArray(columns)) return undefined;
  return columns.filter(isRecord).map(column => {
    const path = String(column.jsonPath);
    const columnType = COLUMN_TYPES.find(known => known === column.type);
    return {
      name: String(column.name),
      type: columnType ?? 'string',
      wide: Number(column.priority) > 0,
      cell: (object: KubernetesObject, now: number) => {
        const value = valueAt(object, path);
        if (value === undefined) return null;
        if (columnType === 'date') return since(value, now);
        return isRecord(value) || Array.isArray(value)
          ? JSON.stringify(value)
          : value;
      },
    };
  });
}

function columnsOf(cluster: SandboxCluster, type: ResourceType): Column[] {
  const known = COLUMNS[kindKey(type.group, type.kind)];
  if (known) return known;
  const custom = printerColumns(cluster, type);
  return custom ? [NAME, ...custom] : [NAME, AGE];
}

/** `columnDefinitions` of a `Table`. */
export function tableColumns(
  cluster: SandboxCluster,
  type: ResourceType,
): Record<string, unknown>[] {
  return columnsOf(cluster, type).map(
    ({ name, type: columnType = 'string', format = '', wide }) => ({
      name,
      type: columnType,
      format,
      description: name,
      priority: wide ? 1 : 0,
    }),
  );
}

/** `cells` of a row. */
export function tableRow(
  cluster: SandboxCluster,
  type: ResourceType,
  object: KubernetesObject,
): unknown[] {
  const now = cluster.clock.now();
  return columnsOf(cluster, type).map(column => column.cell(object, now));
}
