import { setTimeout as sleep } from 'node:timers/promises';
import { getJson } from './http.mjs';

const PAUSE_MS = 500;

/**
 * Asks until the answer is `true`, or until the deadline.
 *
 * @param {() => Promise<true | string>} ask true, or what is missing yet
 * @param {{ timeoutMs: number, signal: AbortSignal }} options
 * @returns {Promise<true | string>} the last answer
 */
export async function waitUntil(ask, { timeoutMs, signal }) {
  const deadline = performance.now() + timeoutMs;
  let answer = await ask();
  while (answer !== true && performance.now() < deadline && !signal.aborted) {
    await sleep(PAUSE_MS, undefined, { signal }).catch(() => {});
    answer = await ask();
  }
  return answer;
}

/** Whether the backend answers and the app is served. */
export async function isPortalUp({ backendUrl, portalUrl }) {
  const health = await getJson(`${backendUrl}/.backstage/health/v1/readiness`);
  if (health?.status !== 200) {
    return 'the backend does not answer yet';
  }
  const page = await getJson(portalUrl);
  return page?.status === 200 || 'the app is not compiled yet';
}

/**
 * Asks whether every cluster has been read and every service judged, as a person who may see all of them.
 *
 * @returns {() => Promise<true | string>}
 */
export function createFleetCheck({ backendUrl, person }) {
  const api = `${backendUrl}/api/day2/v1`;
  let token;
  return async () => {
    token ??= await signIn({ backendUrl, person });
    if (!token) {
      return `the catalog does not know ${person} yet`;
    }
    const headers = { authorization: `Bearer ${token}` };
    const clusters = await getJson(`${api}/clusters`, headers);
    const services = await getJson(`${api}/services?limit=200`, headers);
    return judgeAnswers(clusters, services);
  };
}

async function signIn({ backendUrl, person }) {
  const session = await getJson(`${backendUrl}/api/auth/demo/refresh`, {
    'x-day2-demo-user': person,
  });
  return session?.body?.backstageIdentity?.token;
}

/** What the two answers lack, or true. */
export function judgeAnswers(clusters, services) {
  for (const [what, answer] of Object.entries({ clusters, services })) {
    if (answer?.status !== 200) {
      return `Day 2 does not list its ${what} yet (${
        answer?.status ?? 'no answer'
      })`;
    }
  }
  if (clusters.body.items.length === 0) {
    return clusters.body.problem?.message ?? 'no cluster is known yet';
  }
  for (const { name, state, kinds } of clusters.body.items) {
    const open = kinds.filter(kind => ['init', 'listing'].includes(kind.state));
    if (state === 'neverSynced' || open.length > 0) {
      return `cluster ${name} is being read`;
    }
  }
  const unread = services.body.items.filter(
    service => service.reason === 'NeverSynced',
  );
  if (services.body.totalItems === 0 || unread.length > 0) {
    return 'services are being judged';
  }
  return true;
}
