import {
  Area,
  Health,
  areas,
  healths,
} from '@day2ops/backstage-plugin-day2-common';
import {
  at,
  closeSentence,
  findCondition,
  judgeGeneric,
  Judgement,
  KindDefinition,
  ObjectRecord,
  pruneStatus,
  redact,
  shorten,
  StatusFields,
  text,
  UntrustedObject,
  verdict,
} from '@day2ops/backstage-plugin-day2-node';

const MAX_DETAIL = 110;

/** How app-config says that a kind is judged, `day2.kinds[]`: which condition, or which word of a phase, means what. */
export interface KindRules {
  group: string;
  kind: string;
  plural: string;
  versions: readonly string[];
  namespaced: boolean;
  area: string;
  /** Path of the phase field, for example `status.phase`. */
  phase: string | undefined;
  /** Words of the phase by health. */
  phases: Readonly<Partial<Record<string, readonly string[]>>>;
  /** Conditions, first match wins. */
  conditions: readonly {
    type: string;
    status: string;
    reason: string | undefined;
    health: string;
  }[];
  /** Path of the sentence, for example `status.message`. */
  message: string | undefined;
}

interface ConfiguredFields extends StatusFields {
  phase?: string;
  detail?: string;
}

/**
 * A kind that an adopter describes in app-config, without code. Conditions go first, in their order; then the word of
 * the phase, and a word that no list has is `unknown`. What neither says anything of is judged by what controllers
 * have in common.
 */
export function createConfiguredKind(
  rules: KindRules,
): KindDefinition<ConfiguredFields> {
  const { group, kind, plural, versions, namespaced } = rules;
  return {
    group,
    kind,
    plural,
    versions,
    namespaced,
    area: readArea(rules.area),
    prune: object => prune(object, rules),
    rule: {
      judge: record =>
        judgeConditions(record, rules) ?? judgePhase(record, rules),
    },
  };
}

function prune(object: UntrustedObject, rules: KindRules): ConfiguredFields {
  const read = (path: string | undefined, max: number) => {
    const value =
      path === undefined
        ? undefined
        : text(at(object, ...path.split('.')), max);
    return value === undefined ? undefined : redact(value);
  };
  const phase = read(rules.phase, 100);
  const detail = read(rules.message, 4_096);
  return {
    ...pruneStatus(object),
    ...(phase && { phase }),
    ...(detail && { detail }),
  };
}

function judgeConditions(
  record: ObjectRecord<ConfiguredFields>,
  { conditions }: KindRules,
): Judgement | undefined {
  for (const { type, status, reason, health } of conditions) {
    const found = findCondition(record.fields.conditions, type);
    if (
      found?.status === status &&
      (reason === undefined || found.reason === reason)
    ) {
      const detail = record.fields.detail ?? found.message;
      return verdict(readHealth(health), codeOf(found.reason ?? type), {
        message: sentence(`Condition ${type} is ${status}`, detail),
        params: { condition: type, status },
        since: found.since,
        evidence: judgeGeneric(record).evidence,
      });
    }
  }
  return undefined;
}

function judgePhase(
  record: ObjectRecord<ConfiguredFields>,
  { phases }: KindRules,
): Judgement | undefined {
  const { phase, detail } = record.fields;
  if (phase === undefined) {
    return undefined;
  }
  const [health] =
    Object.entries(phases).find(([, words]) => words?.includes(phase)) ?? [];
  const { evidence } = judgeGeneric(record);
  return health === undefined
    ? verdict('unknown', 'Unclear', {
        message: `Its phase is ${shorten(
          phase,
          60,
        )}, which app-config does not list.`,
        params: { phase },
        evidence,
      })
    : verdict(readHealth(health), codeOf(phase), {
        message: sentence(`Its phase is ${phase}`, detail),
        params: { phase },
        evidence,
      });
}

function sentence(what: string, detail: string | undefined): string {
  return detail ? `${what}: ${closeSentence(detail, MAX_DETAIL)}` : `${what}.`;
}

function codeOf(word: string): string {
  const code = word.replace(/[^A-Za-z0-9]+(.)?/g, (_, next?: string) =>
    (next ?? '').toUpperCase(),
  );
  return /^[A-Za-z]\w{0,63}$/.test(code)
    ? `${code[0].toUpperCase()}${code.slice(1)}`
    : 'Configured';
}

/** The schema of app-config lets through nothing else. */
function readHealth(word: string): Health {
  return healths.find(health => health === word) ?? 'unknown';
}

function readArea(word: string): Area {
  return areas.find(area => area === word) ?? 'workloads';
}
