import type { DeleteOptions, Propagation } from '../cluster/clusterStore';
import { isRecord } from '../cluster/json';
import { badRequest, invalid } from '../cluster/statusError';
import { isTrue } from './requestInfo';

/** Reads `dryRun`; `All` is the only value there is. Throws 422 for others. */
export function readDryRun(query: URLSearchParams, kind: string): boolean {
  const values = query.getAll('dryRun').filter(value => value !== '');
  if (!values.length) return false;
  if (values.every(value => value === 'All')) return true;
  throw invalid({
    group: 'meta.k8s.io',
    kind,
    name: '',
    causes: [
      {
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${JSON.stringify(
          values,
        )}: supported values: "All"`,
        field: 'dryRun',
      },
    ],
  });
}

function readPropagation(value: unknown): Propagation | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (value === 'Background' || value === 'Foreground' || value === 'Orphan') {
    return value;
  }
  throw invalid({
    group: 'meta.k8s.io',
    kind: 'DeleteOptions',
    name: '',
    causes: [
      {
        reason: 'FieldValueNotSupported',
        message: `Unsupported value: ${JSON.stringify(
          value,
        )}: supported values: "Foreground", "Background", "Orphan", "nil"`,
        field: 'propagationPolicy',
      },
    ],
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** `DeleteOptions` from the body, or from the query when there is none. */
export function readDeleteOptions(
  query: URLSearchParams,
  body: Record<string, unknown> | undefined,
): DeleteOptions {
  const grace = body?.gracePeriodSeconds ?? query.get('gracePeriodSeconds');
  const seconds =
    grace === null || grace === undefined ? undefined : Number(grace);
  if (seconds !== undefined && !Number.isInteger(seconds)) {
    throw badRequest(`strconv.ParseInt: parsing "${grace}": invalid syntax`);
  }
  const preconditions = isRecord(body?.preconditions) ? body.preconditions : {};
  const orphan =
    body?.orphanDependents === true || isTrue(query.get('orphanDependents'));
  const dryRun = Array.isArray(body?.dryRun)
    ? new URLSearchParams(body.dryRun.map(value => ['dryRun', String(value)]))
    : query;
  return {
    gracePeriodSeconds:
      seconds === undefined ? undefined : Math.max(0, seconds),
    propagation: orphan
      ? 'Orphan'
      : readPropagation(
          body?.propagationPolicy ?? query.get('propagationPolicy'),
        ),
    preconditions: {
      uid: text(preconditions.uid),
      resourceVersion: text(preconditions.resourceVersion),
    },
    dryRun: readDryRun(dryRun, 'DeleteOptions'),
  };
}
