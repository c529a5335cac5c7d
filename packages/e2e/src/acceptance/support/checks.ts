import { AccessRule, KubernetesObject } from 'sandbox';

/** A kind that only these tests know: nothing acts on it, so that a test alone says how its objects are. */
const GROUP = 'acceptance.example.org';

export const checkKey = (name: string) => ({
  group: GROUP,
  kind: 'Check',
  namespace: 'gsv-prod',
  name,
});

/** What `day2.kinds` says of it. */
export const checkKind = {
  group: GROUP,
  kind: 'Check',
  plural: 'checks',
  versions: ['v1'],
  phase: 'status.phase',
  phases: { healthy: ['Passed'], critical: ['Failed'] },
  message: 'status.message',
};

export const checkRule: AccessRule = {
  apiGroups: [GROUP],
  resources: ['checks'],
  verbs: ['get', 'list', 'watch'],
};

export function checkDefinition(): KubernetesObject {
  const open = {
    type: 'object',
    'x-kubernetes-preserve-unknown-fields': true,
  };
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `checks.${GROUP}` },
    spec: {
      group: GROUP,
      scope: 'Namespaced',
      names: {
        kind: 'Check',
        listKind: 'CheckList',
        plural: 'checks',
        singular: 'check',
      },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: { spec: open, status: open },
            },
          },
        },
      ],
    },
  };
}

/** A check of service gsv-api. */
export function check(
  name: string,
  status: { phase: 'Passed' | 'Failed'; message?: string },
): KubernetesObject {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'Check',
    metadata: {
      namespace: 'gsv-prod',
      name,
      labels: { 'backstage.io/kubernetes-id': 'gsv-api' },
    },
    spec: {},
    status,
  };
}
