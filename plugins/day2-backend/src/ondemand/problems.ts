import { isError } from '@backstage/errors';
import { OnDemandProblem } from '@day2ops/backstage-plugin-day2-common';
import { ClusterResponse, redact } from '@day2ops/backstage-plugin-day2-node';
import { stringify } from 'yaml';
import { z } from 'zod';

const statusSchema = z.object({ message: z.string() });

/** What an answer other than 200 means to the person who asked. */
export function explainStatus(
  response: ClusterResponse,
  right: { group: string; resource: string },
): OnDemandProblem {
  const said = kubernetesMessage(response.body);
  if (response.status === 403) {
    return {
      reason: 'Forbidden',
      message: `Day 2 may not read ${right.resource} in this cluster. One ClusterRole rule is missing.`,
      missingRule: stringify([
        {
          apiGroups: [right.group],
          resources: [right.resource],
          verbs: ['get', 'list'],
        },
      ]),
    };
  }
  if (response.status === 404) {
    return {
      reason: 'Gone',
      message: 'The pod is gone, and its logs with it.',
    };
  }
  return {
    reason: 'Refused',
    message: said
      ? `The cluster answered ${response.status}: ${redact(said)}`
      : `The cluster answered ${response.status}.`,
  };
}

/** What kept an answer from coming. Aborts are passed on: nobody waits for the answer any more. */
export function explainThrown(error: unknown): OnDemandProblem {
  if (!isError(error) || error.name === 'AbortError') {
    throw error;
  }
  return {
    reason: 'Unreachable',
    message: `The cluster does not answer: ${redact(error.message)}`,
  };
}

function kubernetesMessage(body: string): string | undefined {
  try {
    return statusSchema.parse(JSON.parse(body)).message;
  } catch {
    // Not a Status of Kubernetes; the code alone says what can be said.
    return undefined;
  }
}
