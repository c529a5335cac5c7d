import type { Column } from './cells';
import { AGE, list, NAME, since } from './cells';
import type { Opaque } from '../../cluster/types';

const text = (name: string, value: (object: Opaque) => unknown): Column => ({
  name,
  cell: value,
});

const wide = (name: string, value: (object: Opaque) => unknown): Column => ({
  name,
  wide: true,
  cell: value,
});

const MODES: Record<string, string> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

const modes = (value: unknown) =>
  list(value)
    .map(mode => MODES[mode] ?? mode)
    .join(',');

const READINESS: Record<string, string> = { True: 'Ready' };

function nodeStatus(node: Opaque): string {
  const ready = list(node.status?.conditions).find(
    ({ type }) => type === 'Ready',
  );
  const states = [ready ? READINESS[ready.status] ?? 'NotReady' : 'Unknown'];
  if (node.spec?.unschedulable) states.push('SchedulingDisabled');
  return states.join(',');
}

function nodeRoles(node: Opaque): string {
  const prefix = 'node-role.kubernetes.io/';
  const roles = Object.keys(node.metadata.labels ?? {})
    .filter(label => label.startsWith(prefix))
    .map(label => label.slice(prefix.length));
  return roles.sort().join(',') || '<none>';
}

function nodeAddress(node: Opaque, wanted: string): string {
  const found = list(node.status?.addresses).find(
    ({ type }) => type === wanted,
  );
  return found?.address ?? '<none>';
}

export const nodeColumns: Column[] = [
  NAME,
  text('Status', nodeStatus),
  text('Roles', nodeRoles),
  AGE,
  text('Version', node => node.status?.nodeInfo?.kubeletVersion ?? ''),
  wide('Internal-IP', node => nodeAddress(node, 'InternalIP')),
  wide('External-IP', node => nodeAddress(node, 'ExternalIP')),
  wide('OS-Image', node => node.status?.nodeInfo?.osImage || '<unknown>'),
  wide(
    'Kernel-Version',
    node => node.status?.nodeInfo?.kernelVersion || '<unknown>',
  ),
  wide(
    'Container-Runtime',
    node => node.status?.nodeInfo?.containerRuntimeVersion || '<unknown>',
  ),
];

const eventSource = (event: Opaque) =>
  [event.source?.component ?? event.reportingComponent, event.source?.host]
    .filter(Boolean)
    .join(', ');

export const eventColumns: Column[] = [
  {
    name: 'Last Seen',
    cell: (event, now) =>
      since(
        event.series?.lastObservedTime ??
          event.lastTimestamp ??
          event.eventTime,
        now,
      ),
  },
  text('Type', event => event.type),
  text('Reason', event => event.reason),
  text('Object', ({ involvedObject: { kind = '', name = '' } = {} }) =>
    name ? `${kind.toLowerCase()}/${name}` : kind.toLowerCase(),
  ),
  wide('Subobject', event => event.involvedObject?.fieldPath ?? ''),
  wide('Source', eventSource),
  text('Message', event => String(event.message ?? '').trim()),
  {
    name: 'First Seen',
    wide: true,
    cell: (event, now) => since(event.firstTimestamp ?? event.eventTime, now),
  },
  wide('Count', event => String(event.series?.count ?? event.count ?? 1)),
  { ...NAME, wide: true },
];

export const serviceColumns: Column[] = [
  NAME,
  text('Type', ({ spec }) => spec?.type ?? 'ClusterIP'),
  text('Cluster-IP', ({ spec }) => spec?.clusterIP || '<none>'),
  text('External-IP', ({ status, spec }) => {
    const addresses = list(status?.loadBalancer?.ingress)
      .map(({ ip, hostname }) => ip ?? hostname)
      .concat(list(spec?.externalIPs));
    if (addresses.length) return addresses.join(',');
    return spec?.type === 'LoadBalancer' ? '<pending>' : '<none>';
  }),
  text(
    'Port(s)',
    ({ spec }) =>
      list(spec?.ports)
        .map(({ port, nodePort, protocol = 'TCP' }) =>
          nodePort ? `${port}:${nodePort}/${protocol}` : `${port}/${protocol}`,
        )
        .join(',') || '<none>',
  ),
  AGE,
  wide(
    'Selector',
    ({ spec }) =>
      Object.entries(spec?.selector ?? {})
        .map(([key, value]) => `${key}=${value}`)
        .join(',') || '<none>',
  ),
];

export const namespaceColumns: Column[] = [
  NAME,
  text('Status', ({ status }) => status?.phase ?? ''),
  AGE,
];

export const persistentVolumeClaimColumns: Column[] = [
  NAME,
  text('Status', claim =>
    claim.metadata.deletionTimestamp
      ? 'Terminating'
      : claim.status?.phase ?? '',
  ),
  text('Volume', ({ spec }) => spec?.volumeName ?? ''),
  text('Capacity', ({ status }) => status?.capacity?.storage ?? ''),
  text('Access Modes', ({ status }) => modes(status?.accessModes)),
  text('StorageClass', ({ spec }) => spec?.storageClassName ?? ''),
  text(
    'VolumeAttributesClass',
    ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>',
  ),
  AGE,
  wide('VolumeMode', ({ spec }) => spec?.volumeMode ?? '<unset>'),
];

export const persistentVolumeColumns: Column[] = [
  NAME,
  text('Capacity', ({ spec }) => spec?.capacity?.storage ?? ''),
  text('Access Modes', ({ spec }) => modes(spec?.accessModes)),
  text('Reclaim Policy', ({ spec }) => spec?.persistentVolumeReclaimPolicy),
  text('Status', volume =>
    volume.metadata.deletionTimestamp
      ? 'Terminating'
      : volume.status?.phase ?? '',
  ),
  text('Claim', ({ spec }) =>
    spec?.claimRef ? `${spec.claimRef.namespace}/${spec.claimRef.name}` : '',
  ),
  text('StorageClass', ({ spec }) => spec?.storageClassName ?? ''),
  text(
    'VolumeAttributesClass',
    ({ spec }) => spec?.volumeAttributesClassName ?? '<unset>',
  ),
  text('Reason', ({ status }) => status?.reason ?? ''),
  AGE,
  wide('VolumeMode', ({ spec }) => spec?.volumeMode ?? '<unset>'),
];

function quotaText(quota: Opaque, limits: boolean): string {
  return Object.keys(quota.status?.hard ?? {})
    .filter(resource => resource.startsWith('limits.') === limits)
    .sort()
    .map(
      resource =>
        `${resource}: ${quota.status?.used?.[resource] ?? '0'}/${
          quota.status.hard[resource]
        }`,
    )
    .join(', ');
}

export const resourceQuotaColumns: Column[] = [
  NAME,
  text('Request', quota => quotaText(quota, false)),
  text('Limit', quota => quotaText(quota, true)),
  AGE,
];

const size = (...values: unknown[]) =>
  values.reduce<number>(
    (sum, value) => sum + Object.keys(value ?? {}).length,
    0,
  );

export const configMapColumns: Column[] = [
  NAME,
  text('Data', ({ data, binaryData }) => size(data, binaryData)),
  AGE,
];

export const secretColumns: Column[] = [
  NAME,
  text('Type', ({ type }) => type ?? 'Opaque'),
  text('Data', ({ data }) => size(data)),
  AGE,
];

export const definitionColumns: Column[] = [
  NAME,
  {
    name: 'Created At',
    type: 'date',
    cell: ({ metadata }) => metadata.creationTimestamp,
  },
];

export const ingressColumns: Column[] = [
  NAME,
  text('Class', ({ spec }) => spec?.ingressClassName ?? '<none>'),
  text(
    'Hosts',
    ({ spec }) =>
      list(spec?.rules)
        .map(({ host }) => host ?? '*')
        .join(',') || '*',
  ),
  text('Address', ({ status }) =>
    list(status?.loadBalancer?.ingress)
      .map(({ ip, hostname }) => ip ?? hostname)
      .join(','),
  ),
  text('Ports', ({ spec }) => (list(spec?.tls).length ? '80, 443' : '80')),
  AGE,
];

export const storageClassColumns: Column[] = [
  {
    ...NAME,
    cell: ({ metadata }) =>
      metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] ===
      'true'
        ? `${metadata.name} (default)`
        : metadata.name,
  },
  text('Provisioner', object => object.provisioner ?? ''),
  text('ReclaimPolicy', object => object.reclaimPolicy ?? 'Delete'),
  text('VolumeBindingMode', object => object.volumeBindingMode ?? 'Immediate'),
  text('AllowVolumeExpansion', object => object.allowVolumeExpansion ?? false),
  AGE,
];

export const leaseColumns: Column[] = [
  NAME,
  text('Holder', ({ spec }) => spec?.holderIdentity ?? ''),
  AGE,
];
