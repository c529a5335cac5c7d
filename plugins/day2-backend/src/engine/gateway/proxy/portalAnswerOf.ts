import { ClusterResponse } from '@day2ops/backstage-plugin-day2-node';
import { z } from 'zod';

const portalErrorSchema = z.object({
  error: z.object({ name: z.string(), message: z.string() }),
});
const statusSchema = z.object({ kind: z.literal('Status') });

/**
 * What the portal said in the cluster's place; `undefined` when the answer is the cluster's. The kubernetes plugin answers
 * `{ error }` where it refuses or cannot connect; a 429 without a `Status` is the portal's own limit.
 */
export function portalAnswerOf(
  response: Pick<ClusterResponse, 'status' | 'body'>,
): { reason: 'Portal' | 'PortalRateLimited'; message: string } | undefined {
  const { status, body } = response;
  if (status < 400) {
    return undefined;
  }
  const json = parseJson(body);
  if (statusSchema.safeParse(json).success) {
    return undefined;
  }
  if (status === 429) {
    return {
      reason: 'PortalRateLimited',
      message: 'the portal itself limits requests (backend.rateLimit)',
    };
  }
  const portal = portalErrorSchema.safeParse(json);
  return portal.success
    ? {
        reason: 'Portal',
        message: `the kubernetes plugin says: ${portal.data.error.message.slice(
          0,
          512,
        )}`,
      }
    : undefined;
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
