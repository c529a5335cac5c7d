import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { JsonValue } from '@backstage/types';
import { z } from 'zod';
import { day2Schema } from './schema';
import { Day2Config } from './types';

/**
 * Reads and defaults `day2` of app-config. Durations become milliseconds, entity refs full refs in lower case.
 *
 * @throws InputError when something is wrong; one line per problem, each with the full key and the way out
 */
export function readDay2Config(config: Config): Day2Config {
  const raw = config.getOptional('day2') ?? {};
  const parsed = day2Schema.safeParse(raw);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues.map(issue => describeIssue(issue, raw)).join('\n'),
    );
  }
  const { catalog, history, ...rest } = parsed.data;
  return {
    ...rest,
    clusters: rest.clusters.map(cluster => ({
      ...cluster,
      environment: cluster.environment,
    })),
    services: {
      filter: rest.services.filter.map(({ kind, types }) => ({ kind, types })),
    },
    correlation: {
      ...rest.correlation,
      namespaces: rest.correlation.namespaces.map(grant => ({
        owner: grant.owner,
        entity: grant.entity,
        cluster: grant.cluster,
        namespaces: grant.namespaces,
      })),
    },
    kinds: rest.kinds.map(kind => ({
      ...kind,
      phase: kind.phase,
      message: kind.message,
      conditions: kind.conditions.map(condition => ({
        ...condition,
        reason: condition.reason,
      })),
    })),
    catalog: { refreshMs: catalog.refresh },
    history: { retentionMs: history.retention, holdMs: history.hold },
  };
}

type Path = readonly PropertyKey[];

function describeIssue(issue: z.core.$ZodIssue, raw: JsonValue): string {
  const key = toKey(['day2', ...issue.path]);
  return issue.code === 'invalid_type' && !isGiven(raw, issue.path)
    ? `${key} is missing: ${issue.message}`
    : `${key} ${issue.message}`;
}

function isGiven(raw: JsonValue, path: Path): boolean {
  const last = path.reduce<unknown>(
    (value, part) =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === String(part))?.[1]
        : undefined,
    raw,
  );
  return last !== undefined;
}

/** `day2.clusters[1].environment` */
function toKey(path: Path): string {
  return path.reduce<string>((key, part) => {
    if (typeof part === 'number') {
      return `${key}[${part}]`;
    }
    return key ? `${key}.${String(part)}` : String(part);
  }, '');
}
