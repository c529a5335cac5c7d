import { ClusterGateway } from '@day2ops/backstage-plugin-day2-node';
import { z } from 'zod';

const reviewSchema = z.object({
  status: z.object({ allowed: z.boolean() }),
});

const path = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** What a watching token should not be able to do. */
const excesses = [
  {
    reason: 'MayReadSecrets',
    message: 'The credential may list Secrets of all namespaces',
    attributes: { verb: 'list', group: '', resource: 'secrets' },
  },
  {
    reason: 'MayExec',
    message: 'The credential may run commands in pods',
    attributes: {
      verb: 'create',
      group: '',
      resource: 'pods',
      subresource: 'exec',
    },
  },
  {
    reason: 'MayPatchDeployments',
    message: 'The credential may change Deployments of all namespaces',
    attributes: { verb: 'patch', group: 'apps', resource: 'deployments' },
  },
  {
    reason: 'MayDoEverything',
    message: 'The credential may do everything in this cluster',
    attributes: { verb: '*', group: '*', resource: '*' },
  },
] as const;

export interface AccessWarning {
  reason: string;
  message: string;
}

/**
 * Asks the cluster what our credential may do, and names what it should not. A cluster that does not answer the question
 * gets a warning too: silence is not innocence.
 */
export async function reviewAccess(options: {
  gateway: ClusterGateway;
  cluster: string;
  signal: AbortSignal;
}): Promise<AccessWarning[]> {
  const { gateway, cluster, signal } = options;
  const warnings: AccessWarning[] = [];
  for (const { reason, message, attributes } of excesses) {
    const { status, body } = await gateway.request({
      cluster,
      path,
      method: 'POST',
      signal,
      body: {
        apiVersion: 'authorization.k8s.io/v1',
        kind: 'SelfSubjectAccessReview',
        spec: { resourceAttributes: attributes },
      },
    });
    const review = status === 201 || status === 200 ? parse(body) : undefined;
    if (!review) {
      return [
        {
          reason: 'AccessNotReviewed',
          message: `What the credential may do could not be checked (status ${status})`,
        },
      ];
    }
    if (review.status.allowed) {
      warnings.push({ reason, message });
    }
  }
  return warnings;
}

function parse(body: string) {
  try {
    return reviewSchema.safeParse(JSON.parse(body)).data;
  } catch {
    return undefined;
  }
}
