import type { AccessRule } from '../cluster/access';
import { mayTouch, mayVisit } from '../cluster/access';
import { isRecord } from '../cluster/json';
import { badRequest } from '../cluster/statusError';
import { readObject } from './body';
import type { Answer, ResourceContext } from './context';

const REVIEW_KINDS = new Set([
  'SelfSubjectAccessReview',
  'SelfSubjectReview',
  'SelfSubjectRulesReview',
]);

/** Whether objects of this kind are questions that are answered and not kept. */
export function isReview(kind: string): boolean {
  return REVIEW_KINDS.has(kind);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function accessStatus(
  context: ResourceContext,
  spec: Record<string, unknown>,
): Record<string, unknown> {
  const { user } = context;
  const { resourceAttributes, nonResourceAttributes } = spec;
  if (isRecord(resourceAttributes) === isRecord(nonResourceAttributes)) {
    throw badRequest(
      'exactly one of nonResourceAttributes or resourceAttributes must be specified',
    );
  }
  if (isRecord(nonResourceAttributes)) {
    const { verb, path } = nonResourceAttributes;
    return { allowed: mayVisit(user, text(verb), text(path)) };
  }
  const wanted = isRecord(resourceAttributes) ? resourceAttributes : {};
  const { verb, group, resource, subresource, name } = wanted;
  return {
    allowed: mayTouch(user, {
      verb: text(verb),
      group: text(group),
      resource: subresource ? `${resource}/${subresource}` : text(resource),
      ...(name ? { name: text(name) } : {}),
    }),
  };
}

function rulesStatus(rules: readonly AccessRule[]): Record<string, unknown> {
  const resourceRules = rules.flatMap(rule => {
    const { verbs, apiGroups, resources, resourceNames } = rule;
    return resources ? [{ verbs, apiGroups, resources, resourceNames }] : [];
  });
  const nonResourceRules = rules.flatMap(({ verbs, nonResourceURLs }) =>
    nonResourceURLs ? [{ verbs, nonResourceURLs }] : [],
  );
  return { resourceRules, nonResourceRules, incomplete: false };
}

/** Answers what a client asks of its own rights. */
export async function review(context: ResourceContext): Promise<Answer> {
  const { type, user, request } = context;
  const body = (await readObject(request)) ?? {};
  const spec = isRecord(body.spec) ? body.spec : {};
  const answer = (status: Record<string, unknown>): Answer => ({
    code: 201,
    body: {
      kind: type.kind,
      apiVersion: `${type.group}/${type.version}`,
      metadata: {},
      ...(type.kind === 'SelfSubjectReview' ? {} : { spec }),
      status,
    },
  });
  switch (type.kind) {
    case 'SelfSubjectAccessReview':
      return answer(accessStatus(context, spec));
    case 'SelfSubjectRulesReview':
      return answer(rulesStatus(user.rules));
    default:
      return answer({
        userInfo: { username: user.name, groups: user.groups },
      });
  }
}
