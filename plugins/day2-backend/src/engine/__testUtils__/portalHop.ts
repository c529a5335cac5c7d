import http from 'node:http';
import https from 'node:https';
import { Handler } from './TestServer';

/**
 * The proxy of the kubernetes plugin, with its faults: an abort of the client is not passed on, and neither is the death
 * of the server behind.
 */
export function portalHop(
  target: () => string,
  ca?: string,
  token?: string,
): Handler {
  const prefix = '/api/kubernetes/proxy';
  return (req, res) => {
    const { url = '', method } = req;
    const { host: _, ...headers } = req.headers;
    if (url === '/api/kubernetes/clusters') {
      res.setHeader('content-type', 'application/json');
      res.end(
        JSON.stringify({
          items: [
            { name: 'c1', title: 'One', authProvider: 'serviceAccount' },
            { name: 'c2', authProvider: 'oidc' },
          ],
        }),
      );
      return;
    }
    const request = ca ? https.request : http.request;
    const authorization = token ? `Bearer ${token}` : headers.authorization;
    const upstream = request(
      target() + url.slice(prefix.length),
      { method, headers: { ...headers, authorization }, ca, agent: false },
      answer => {
        res.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.on('error', () => {});
        answer.pipe(res);
      },
    );
    upstream.on('error', error => {
      if (res.headersSent) {
        return;
      }
      res.writeHead(500, { 'content-type': 'application/json' });
      res.end(
        JSON.stringify({
          error: { name: 'Error', message: `c1: ${error.message}` },
          response: { statusCode: 500 },
        }),
      );
    });
    req.pipe(upstream);
  };
}
