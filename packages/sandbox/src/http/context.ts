import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Identity } from '../cluster/access';
import type { SandboxCluster } from '../cluster/sandboxCluster';
import type { ResourceType } from '../cluster/types';
import type { Pager } from './pager';
import type { Accepted } from './negotiation';
import type { RequestInfo, ResourcePath } from './requestInfo';

/** One request, past authentication and authorization. */
export interface RequestContext {
  cluster: SandboxCluster;
  pager: Pager;
  request: IncomingMessage;
  response: ServerResponse;
  query: URLSearchParams;
  info: RequestInfo;
  user: Identity;
  accepted: Accepted;
}

/** A request for a resource that this cluster serves. */
export interface ResourceContext extends RequestContext {
  path: ResourcePath;
  type: ResourceType;
}

/** What is sent back; a handler that streams writes the response itself and answers `undefined`. */
export interface Answer {
  code: number;
  /** Sent as JSON, or as it is when it is text. */
  body: unknown;
  contentType?: string;
  headers?: Record<string, string>;
}
