import type { KubernetesObject } from '../cluster/types';

/** Group of the 5D Labs operator's custom resources, as its operations document names it. */
export const TASK_RUN_GROUP = 'orchestrator.io';
export const TASK_RUN_VERSION = 'v1';

/** The definition of TaskRun: one run of an agent, with `status.phase`. */
export function taskRunDefinition(): KubernetesObject {
  return {
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `taskruns.${TASK_RUN_GROUP}` },
    spec: {
      group: TASK_RUN_GROUP,
      scope: 'Namespaced',
      names: {
        kind: 'TaskRun',
        listKind: 'TaskRunList',
        plural: 'taskruns',
        singular: 'taskrun',
        shortNames: ['tr'],
      },
      conversion: { strategy: 'None' },
      versions: [
        {
          name: TASK_RUN_VERSION,
          served: true,
          storage: true,
          subresources: { status: {} },
          additionalPrinterColumns: [
            { name: 'Service', type: 'string', jsonPath: '.spec.serviceName' },
            { name: 'Phase', type: 'string', jsonPath: '.status.phase' },
            {
              name: 'Age',
              type: 'date',
              jsonPath: '.metadata.creationTimestamp',
            },
          ],
          schema: {
            openAPIV3Schema: {
              type: 'object',
              properties: {
                spec: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                },
                status: {
                  type: 'object',
                  'x-kubernetes-preserve-unknown-fields': true,
                },
              },
            },
          },
        },
      ],
    },
  };
}

/** One run of an agent on a service. */
export function taskRun(options: {
  name: string;
  namespace: string;
  target: string;
}): KubernetesObject {
  const { name, namespace, target } = options;
  return {
    apiVersion: `${TASK_RUN_GROUP}/${TASK_RUN_VERSION}`,
    kind: 'TaskRun',
    metadata: {
      name,
      namespace,
      labels: {
        'app.kubernetes.io/part-of': 'orchestrator',
        'backstage.io/kubernetes-id': 'orchestrator-taskruns',
      },
    },
    spec: {
      taskId: Number(name.split('-').slice(-1)[0]),
      serviceName: target,
      agentName: 'coding-agent-1',
      contextVersion: 1,
    },
  };
}
