import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import { pipeline } from 'node:stream';
import { refusal } from './refusal.mjs';

/** Of one connection and not of the request, or none of the other side's business. */
const dropped = new Set([
  'authorization',
  'connection',
  'cookie',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function cleanHeaders(headers) {
  return Object.fromEntries(
    Object.entries(headers).filter(
      ([name]) => !dropped.has(name) && !name.startsWith('impersonate-'),
    ),
  );
}

function sendStatus(res, code, reason, message) {
  const body = JSON.stringify({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message,
    reason,
    code,
  });
  res.writeHead(code, { 'content-type': 'application/json' }).end(body);
}

const digest = text => createHash('sha256').update(text).digest();

/**
 * Forwards HTTP requests with a token of ours to an API server with the credentials of a kubeconfig, whatever their
 * kind: client certificate, exec plugin, token, proxy. Streams in both directions; an abort on either side ends the
 * other. Listens on 127.0.0.1 only.
 *
 * @param {{ server: string, authenticate: (options: object) => Promise<void>, allowWrites: boolean }} options
 *   `server`: URL of the API server; `authenticate` adds credentials, CA and agent to options of `https.request`
 * @returns {Promise<{ url: string, token: string, close(): Promise<void> }>}
 */
export async function createForwarder({ server, authenticate, allowWrites }) {
  const token = randomBytes(32).toString('base64url');
  const expected = digest(`Bearer ${token}`);
  const target = new URL(server);
  const basePath = target.pathname.replace(/\/$/, '');

  async function forward(req, res) {
    if (!timingSafeEqual(digest(req.headers.authorization ?? ''), expected)) {
      sendStatus(res, 401, 'Unauthorized', 'Unauthorized');
      return;
    }
    const why = refusal({ method: req.method, path: req.url, allowWrites });
    if (why) {
      sendStatus(res, 403, 'Forbidden', `day2 forwarder: ${why}`);
      return;
    }
    const options = {
      method: req.method,
      host: target.hostname.replace(/^\[|\]$/g, ''),
      port: target.port || undefined,
      path: `${basePath}${req.url}`,
      headers: cleanHeaders(req.headers),
    };
    await authenticate(options);
    if (!res.destroyed) {
      connect({ req, res, options, secure: target.protocol === 'https:' });
    }
  }

  const local = http.createServer((req, res) => {
    forward(req, res).catch(error => fail(res, error));
  });
  // A watch may be silent for long; the other side decides when it ends.
  local.requestTimeout = 0;
  await new Promise((resolve, reject) => {
    local.once('error', reject);
    local.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${local.address().port}`,
    token,
    close: () =>
      new Promise(resolve => {
        local.close(() => resolve());
        local.closeAllConnections();
      }),
  };
}

function connect({ req, res, options, secure }) {
  const upstream = (secure ? https : http).request(options, answer => {
    const headers = Object.entries(answer.headers).filter(
      ([name]) => !dropped.has(name),
    );
    res.writeHead(answer.statusCode, Object.fromEntries(headers));
    // A watch without events yet has headers all the same.
    res.flushHeaders();
    // Ends both when either breaks; there is nobody left to tell.
    pipeline(answer, res, () => {});
  });
  upstream.setNoDelay(true);
  upstream.once('error', error => fail(res, error));
  res.once('close', () => upstream.destroy());
  pipeline(req, upstream, () => {});
}

function fail(res, error) {
  if (res.headersSent || res.destroyed) {
    res.destroy();
    return;
  }
  sendStatus(
    res,
    502,
    'ServiceUnavailable',
    `day2 forwarder: ${error.message}`,
  );
}
