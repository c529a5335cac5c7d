import { createHash } from 'node:crypto';
import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { isError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import express from 'express';

/** What every read route needs, whatever it reads. */
export interface ReadHandlerDeps {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
}

/** What a route does once it knows who asks. */
export interface Read {
  /** For the audit event. */
  meta: JsonObject;
  /**
   * Everything that the answer depends on besides the request: revisions, staleness, the reader's rights. Asked before
   * the answer is computed; rights are checked in here.
   */
  version(): Promise<readonly unknown[]>;
  body(): Promise<unknown>;
}

/**
 * A GET route: credentials, then rights, then 304 or work, then one audit event (none for 304). Errors are thrown for
 * the framework to answer; refusals are audited as such.
 */
export function createReadHandler(
  options: ReadHandlerDeps & {
    eventId: string;
    read(
      request: express.Request,
      credentials: BackstageCredentials,
    ): Promise<Read>;
  },
): express.RequestHandler {
  const { httpAuth, auditor, eventId, read } = options;
  return async (request, response) => {
    const credentials = await httpAuth.credentials(request);
    let meta: JsonObject = {};
    try {
      const { version, body, ...rest } = await read(request, credentials);
      meta = rest.meta;
      const etag = entityTag([request.originalUrl, ...(await version())]);
      response.set('Cache-Control', 'private, no-cache').set('ETag', etag);
      if (matches(request.get('if-none-match'), etag)) {
        response.status(304).end();
        return;
      }
      const answer = await body();
      const event = await auditor.createEvent({ eventId, request, meta });
      response.json(answer);
      await event.success();
    } catch (error) {
      response.removeHeader('ETag');
      await auditRefusal({ auditor, eventId, request, meta, error });
      throw error;
    }
  };
}

function entityTag(parts: readonly unknown[]): string {
  const hash = createHash('sha256').update(JSON.stringify(parts));
  return `"${hash.digest('base64url').slice(0, 27)}"`;
}

function matches(header: string | undefined, etag: string): boolean {
  // Proxies that compress turn a tag into a weak one.
  const tags = header?.split(',').map(tag => tag.trim().replace(/^W\//, ''));
  return tags?.some(tag => tag === etag || tag === '*') ?? false;
}

const refusals = ['NotAllowedError', 'NotFoundError'];

/** Refusals are worth an event; bad input and our own errors are not. */
export async function auditRefusal(options: {
  auditor: AuditorService;
  eventId: string;
  request: express.Request;
  meta: JsonObject;
  error: unknown;
}): Promise<void> {
  const { auditor, eventId, request, meta, error } = options;
  if (!isError(error) || !refusals.includes(error.name)) {
    return;
  }
  const event = await auditor.createEvent({ eventId, request, meta });
  await event.fail({ error: error as Error });
}
