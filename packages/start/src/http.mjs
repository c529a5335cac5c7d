import https from 'node:https';

const TIMEOUT_MS = 5_000;

/**
 * Status and body of a GET over HTTP; undefined if nobody answers.
 *
 * @param {string} url
 * @param {Record<string, string>} [headers]
 * @returns {Promise<{ status: number, body: any } | undefined>}
 */
export async function getJson(url, headers = {}) {
  try {
    const response = await fetch(url, {
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    return { status: response.status, body: parse(text) };
  } catch {
    // Not up yet, or gone again: the caller asks until its own deadline.
    return undefined;
  }
}

function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether an API server with a CA of its own answers `/readyz`. */
export function isReady({ port, ca, token }) {
  return new Promise(resolve => {
    const request = https.get(
      {
        host: 'localhost',
        port,
        path: '/readyz',
        ca,
        agent: false,
        timeout: TIMEOUT_MS,
        headers: { authorization: `Bearer ${token}` },
      },
      response => {
        response.resume();
        resolve(response.statusCode === 200);
      },
    );
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
