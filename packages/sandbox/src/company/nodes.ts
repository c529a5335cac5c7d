import type { KubernetesObject } from '../cluster/types';
import { days, minutes } from './build';
import { namespace } from './buildMore';
import type { ClusterName, Moment } from './types';

const VERSION = 'v1.33.4';
const OLDER_VERSION = 'v1.32.9';

const CONDITIONS = [
  {
    type: 'MemoryPressure',
    status: 'False',
    reason: 'KubeletHasSufficientMemory',
    message: 'kubelet has sufficient memory available',
  },
  {
    type: 'DiskPressure',
    status: 'False',
    reason: 'KubeletHasNoDiskPressure',
    message: 'kubelet has no disk pressure',
  },
  {
    type: 'PIDPressure',
    status: 'False',
    reason: 'KubeletHasSufficientPID',
    message: 'kubelet has sufficient PID available',
  },
  {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    message: 'kubelet is posting ready status',
  },
] as const;

function nodeInfo(name: string, version: string) {
  return {
    architecture: 'amd64',
    operatingSystem: 'linux',
    osImage: 'Ubuntu 24.04.2 LTS',
    kernelVersion: '6.8.0-1029-aws',
    containerRuntimeVersion: 'containerd://2.0.5',
    kubeletVersion: version,
    kubeProxyVersion: '',
    machineID: `${name}-machine`,
    systemUUID: `${name}-system`,
    bootID: `${name}-boot`,
  };
}

function node(options: {
  name: string;
  index: number;
  at: string;
  version?: string;
}): KubernetesObject {
  const { name, index, at, version = VERSION } = options;
  const zone = `eu-north-1${'abc'[index % 3]}`;
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: {
        'kubernetes.io/hostname': name,
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/os': 'linux',
        'node.kubernetes.io/instance-type': 'c6i.xlarge',
        'topology.kubernetes.io/region': 'eu-north-1',
        'topology.kubernetes.io/zone': zone,
      },
    },
    spec: { podCIDR: `10.244.${index}.0/24` },
    status: {
      capacity: {
        cpu: '4',
        memory: '8023416Ki',
        pods: '110',
        'ephemeral-storage': '103798784Ki',
      },
      allocatable: {
        cpu: '3920m',
        memory: '7280Mi',
        pods: '110',
        'ephemeral-storage': '95661145Ki',
      },
      conditions: CONDITIONS.map(condition => ({
        ...condition,
        lastHeartbeatTime: at,
        lastTransitionTime: at,
      })),
      addresses: [
        { type: 'InternalIP', address: `10.20.${index}.10` },
        { type: 'Hostname', address: name },
      ],
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      nodeInfo: nodeInfo(name, version),
    },
  };
}

function storageClass(name: string, isDefault = false): KubernetesObject {
  return {
    apiVersion: 'storage.k8s.io/v1',
    kind: 'StorageClass',
    metadata: {
      name,
      ...(isDefault
        ? {
            annotations: {
              'storageclass.kubernetes.io/is-default-class': 'true',
            },
          }
        : {}),
    },
    provisioner: 'ebs.csi.aws.com',
    reclaimPolicy: 'Delete',
    volumeBindingMode: 'WaitForFirstConsumer',
    allowVolumeExpansion: true,
  };
}

const PRODUCTION_TROUBLE: readonly Moment[] = [
  {
    ago: days(2),
    key: { group: '', kind: 'Node', name: 'prod-node-6' },
    change: object => {
      object.spec = {
        ...object.spec,
        unschedulable: true,
        taints: [
          {
            key: 'node.kubernetes.io/unschedulable',
            effect: 'NoSchedule',
          },
        ],
      };
    },
  },
];

function underPressure(at: string): Moment {
  return {
    ago: minutes(31),
    key: { group: '', kind: 'Node', name: 'prod-node-3' },
    change: object => {
      object.spec = {
        ...object.spec,
        taints: [
          {
            key: 'node.kubernetes.io/memory-pressure',
            effect: 'NoSchedule',
          },
        ],
      };
      object.status = {
        ...object.status,
        conditions: object.status?.conditions.map(
          (condition: Record<string, unknown>) =>
            condition.type === 'MemoryPressure'
              ? {
                  ...condition,
                  status: 'True',
                  reason: 'KubeletHasInsufficientMemory',
                  message: 'kubelet has insufficient memory available',
                  lastTransitionTime: at,
                  lastHeartbeatTime: at,
                }
              : condition,
        ),
      };
    },
  };
}

/** Nodes, storage classes and the namespaces of a cluster itself. */
export function clusterMoments(
  cluster: ClusterName,
  timeAt: (ago: number) => string,
): Moment[] {
  const prefix = cluster === 'production' ? 'prod' : 'stage';
  const count = cluster === 'production' ? 6 : 3;
  const born = days(60);
  const moments: Moment[] = [];
  for (const name of [
    'kube-system',
    'default',
    'kube-node-lease',
    'kube-public',
  ])
    moments.push({ ago: born, object: namespace(name) });
  for (let index = 1; index <= count; index++) {
    const name = `${prefix}-node-${index}`;
    const version = name === 'prod-node-6' ? OLDER_VERSION : VERSION;
    const object = node({ name, index, at: timeAt(born), version });
    moments.push({ ago: born, object });
  }
  moments.push(
    { ago: born, object: storageClass('gp3', true) },
    { ago: born, object: storageClass('gp3-encrypted') },
  );
  if (cluster === 'staging') return moments;
  return [
    ...moments,
    ...PRODUCTION_TROUBLE,
    underPressure(timeAt(minutes(31))),
  ];
}
