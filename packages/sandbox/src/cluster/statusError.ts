/** `Status` of meta/v1, as the API server sends it. */
export interface Status {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, unknown>;
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: StatusDetails;
  code?: number;
}

export interface StatusDetails {
  name?: string;
  group?: string;
  kind?: string;
  uid?: string;
  causes?: StatusCause[];
  retryAfterSeconds?: number;
}

export interface StatusCause {
  reason: string;
  message: string;
  field?: string;
}

/** Names a resource in messages: `pods`, `deployments.apps`. */
export interface ResourceName {
  group: string;
  plural: string;
}

/** An answer of the API server that is not a success. */
export class StatusError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly details?: StatusDetails;
  /** List metadata of the body: an expired `continue` comes with a new one. */
  readonly metadata: Record<string, unknown>;

  constructor(options: {
    code: number;
    reason: string;
    message: string;
    details?: StatusDetails;
    metadata?: Record<string, unknown>;
  }) {
    super(options.message);
    this.name = 'StatusError';
    this.code = options.code;
    this.reason = options.reason;
    this.details = options.details;
    this.metadata = options.metadata ?? {};
  }

  toStatus(): Status {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: this.metadata,
      status: 'Failure',
      message: this.message,
      ...(this.reason ? { reason: this.reason } : {}),
      ...(this.details ? { details: this.details } : {}),
      code: this.code,
    };
  }
}

function qualified({ group, plural }: ResourceName): string {
  return group ? `${plural}.${group}` : plural;
}

function detailsOf(resource: ResourceName, name: string): StatusDetails {
  return {
    ...(name ? { name } : {}),
    ...(resource.group ? { group: resource.group } : {}),
    kind: resource.plural,
  };
}

export function notFound(resource: ResourceName, name: string): StatusError {
  return new StatusError({
    code: 404,
    reason: 'NotFound',
    message: `${qualified(resource)} "${name}" not found`,
    details: detailsOf(resource, name),
  });
}

export function alreadyExists(
  resource: ResourceName,
  name: string,
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'AlreadyExists',
    message: `${qualified(resource)} "${name}" already exists`,
    details: detailsOf(resource, name),
  });
}

export function conflict(
  resource: ResourceName,
  name: string,
  why = 'the object has been modified; please apply your changes to the latest version and try again',
): StatusError {
  return new StatusError({
    code: 409,
    reason: 'Conflict',
    message: `Operation cannot be fulfilled on ${qualified(
      resource,
    )} "${name}": ${why}`,
    details: detailsOf(resource, name),
  });
}

/** Unlike every other answer, 422 names the kind: `Deployment.apps "x" is invalid: ...`. */
export function invalid(options: {
  group: string;
  kind: string;
  name: string;
  causes: StatusCause[];
}): StatusError {
  const { group, kind, name, causes } = options;
  const listed = causes.map(cause => `${cause.field}: ${cause.message}`);
  const problems = listed.length === 1 ? listed[0] : `[${listed.join(', ')}]`;
  return new StatusError({
    code: 422,
    reason: 'Invalid',
    message: `${qualified({
      group,
      plural: kind,
    })} "${name}" is invalid: ${problems}`,
    details: {
      ...(name ? { name } : {}),
      ...(group ? { group } : {}),
      kind,
      causes,
    },
  });
}

export function badRequest(message: string): StatusError {
  return new StatusError({ code: 400, reason: 'BadRequest', message });
}

/** A resource version that history no longer reaches back to. */
export function expired(message: string): StatusError {
  return new StatusError({ code: 410, reason: 'Expired', message });
}
