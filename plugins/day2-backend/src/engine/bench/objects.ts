/** Pods of each Deployment. */
export const perSet = 5;

function id(index: number): string {
  const hex = index.toString(16).padStart(12, '0');
  return `5f0c3f3a-1b2c-4d5e-8f90-${hex}`;
}

const setName = (set: number) => `service-${set}-7c9d8b6f5`;
const setUid = (set: number) => id(1_000_000 + set);
const namespaceOf = (set: number) => `team-${set % 200}`;

interface Role {
  role: string;
  index: number;
  set: number;
  startedAt: string;
}

const imageOf = ({ role, set }: Role) =>
  `registry.example.com/team-${set % 50}/${role}:1.${set % 30}.0`;

function containerSpec(each: Role) {
  return {
    name: each.role,
    image: imageOf(each),
    resources: {
      requests: { cpu: '100m', memory: '128Mi' },
      limits: { memory: '256Mi' },
    },
    env: Array.from({ length: 15 }, (_, count) => ({
      name: `SETTING_${count}`,
      value: `value-${count}-${each.index}`,
    })),
    readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
  };
}

/** One in seven was killed once. */
function containerStatus(each: Role) {
  const { role, index, set, startedAt } = each;
  const wasKilled = index % 7 === 0;
  const terminated = {
    exitCode: 137,
    reason: 'OOMKilled',
    startedAt,
    finishedAt: startedAt,
  };
  return {
    name: role,
    image: imageOf(each),
    imageID: `registry.example.com/${role}@sha256:${id(set).repeat(2)}`,
    containerID: `containerd://${id(index)}${id(index)}`,
    ready: true,
    started: true,
    restartCount: wasKilled ? 1 : 0,
    state: { running: { startedAt } },
    lastState: wasKilled ? { terminated } : {},
  };
}

const managedFields = [
  { manager: 'kubelet', fieldsV1: { pad: 'x'.repeat(2000) } },
];

function metadataOf(index: number, set: number, startedAt: string) {
  const owner = setName(set);
  return {
    name: `${owner}-${(index % 1000).toString(36)}x${index % perSet}`,
    namespace: namespaceOf(set),
    uid: id(index),
    resourceVersion: String(1_000_000 + index),
    creationTimestamp: startedAt,
    labels: {
      'app.kubernetes.io/name': `service-${set}`,
      'pod-template-hash': '7c9d8b6f5',
    },
    ownerReferences: [
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        name: owner,
        uid: setUid(set),
        controller: true,
      },
    ],
    managedFields,
  };
}

/** A pod as the kubelet reports it, in JSON as it comes over the wire. */
export function podText(index: number, roles: readonly string[]): string {
  const set = Math.floor(index / perSet);
  const startedAt = new Date(1.7e12 + index * 1000).toISOString();
  // No two pods start alike: images are pulled in 1 to 4 s, the next container follows, and probes succeed in 5 to 11 s.
  const later = (seconds: number) =>
    new Date(Date.parse(startedAt) + seconds * 1000).toISOString();
  const each = roles.map((role, place) => ({
    role,
    index,
    set,
    startedAt: later(1 + (index % 4) + place * (1 + (index % 2))),
  }));
  const readyAt = later(5 + (index % 7));
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: metadataOf(index, set, startedAt),
    spec: {
      nodeName: `node-${index % 500}`,
      containers: each.map(containerSpec),
      restartPolicy: 'Always',
    },
    status: {
      phase: 'Running',
      podIP: `10.${index % 250}.${index % 241}.${index % 239}`,
      startTime: startedAt,
      conditions: [
        'Initialized',
        'Ready',
        'ContainersReady',
        'PodScheduled',
      ].map(type => ({ type, status: 'True', lastTransitionTime: readyAt })),
      containerStatuses: each.map(containerStatus),
    },
  });
}

function replicated(set: number) {
  const roles = ['api'];
  const startedAt = new Date(1.7e12 + set * 5000).toISOString();
  const labels = { 'app.kubernetes.io/name': `service-${set}` };
  return {
    selector: { matchLabels: labels },
    replicas: perSet,
    template: {
      metadata: { labels },
      spec: {
        containers: roles.map(role =>
          containerSpec({ role, index: set, set, startedAt }),
        ),
      },
    },
  };
}

function headOf(set: number) {
  return {
    namespace: namespaceOf(set),
    resourceVersion: String(500_000 + set),
    generation: 1,
    creationTimestamp: new Date(1.7e12 + set * 5000).toISOString(),
    labels: {
      'app.kubernetes.io/name': `service-${set}`,
      'backstage.io/kubernetes-id': `service-${set}`,
    },
    managedFields,
  };
}

const allReady = {
  replicas: perSet,
  readyReplicas: perSet,
  availableReplicas: perSet,
  updatedReplicas: perSet,
  observedGeneration: 1,
};

/** The Deployment of pods `set * perSet` and on. */
export function deploymentText(set: number): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      ...headOf(set),
      name: `service-${set}`,
      uid: id(2_000_000 + set),
      annotations: { 'deployment.kubernetes.io/revision': '1' },
    },
    spec: replicated(set),
    status: {
      ...allReady,
      conditions: [
        { type: 'Available', status: 'True' },
        {
          type: 'Progressing',
          status: 'True',
          reason: 'NewReplicaSetAvailable',
        },
      ],
    },
  });
}

/** The ReplicaSet between the two. */
export function replicaSetText(set: number): string {
  return JSON.stringify({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      ...headOf(set),
      name: setName(set),
      uid: setUid(set),
      annotations: { 'deployment.kubernetes.io/revision': '1' },
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          name: `service-${set}`,
          uid: id(2_000_000 + set),
          controller: true,
        },
      ],
    },
    spec: replicated(set),
    status: allReady,
  });
}
