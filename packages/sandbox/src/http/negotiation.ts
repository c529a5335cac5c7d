import { StatusError } from '../cluster/statusError';

/** In which shape a client wants objects. */
export type Representation = 'object' | 'table' | 'partial';

export interface Accepted {
  representation: Representation;
  /** Aggregated discovery, when asked for. */
  aggregated: boolean;
}

interface MediaRange {
  type: string;
  parameters: Map<string, string>;
}

function parseAccept(header: string): MediaRange[] {
  return header.split(',').map(range => {
    const [type, ...parameters] = range.split(';').map(part => part.trim());
    const pairs = parameters.map((parameter): [string, string] => {
      const [name, value = ''] = parameter.split('=');
      return [name.trim().toLowerCase(), value.trim()];
    });
    return { type: type.toLowerCase(), parameters: new Map(pairs) };
  });
}

function isJson(type: string): boolean {
  return (
    type === 'application/json' || type === 'application/*' || type === '*/*'
  );
}

/** Picks the first representation of `Accept` that this server has. Throws 406 when there is none. */
export function negotiate(header: string | undefined): Accepted {
  for (const { type, parameters } of parseAccept(header || '*/*')) {
    if (!isJson(type)) continue;
    const as = parameters.get('as');
    const group = parameters.get('g');
    if (!as) return { representation: 'object', aggregated: false };
    if (
      as === 'APIGroupDiscoveryList' &&
      group === 'apidiscovery.k8s.io' &&
      parameters.get('v') === 'v2'
    ) {
      return { representation: 'object', aggregated: true };
    }
    if (group !== 'meta.k8s.io' || parameters.get('v') !== 'v1') continue;
    if (as === 'Table') return { representation: 'table', aggregated: false };
    if (as === 'PartialObjectMetadata' || as === 'PartialObjectMetadataList') {
      return { representation: 'partial', aggregated: false };
    }
  }
  throw new StatusError({
    code: 406,
    reason: 'NotAcceptable',
    message:
      '406: Not Acceptable\n\nAvailable representations: application/json, application/json;stream=watch',
    details: {},
  });
}
