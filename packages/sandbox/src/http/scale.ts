import { cloneJson, isRecord } from '../cluster/json';
import { keyOf } from '../cluster/keys';
import { conflict, invalid } from '../cluster/statusError';
import type { KubernetesObject } from '../cluster/types';
import { decode, mediaTypeOf, readBody, readObject } from './body';
import type { Answer, ResourceContext } from './context';
import { customVersionOf } from './customFields';
import { existingObject } from './objects';
import { mergePatch } from './patch/mergePatch';
import { readDryRun } from './writeOptions';

interface ScalePaths {
  replicas: string[];
  status: string[];
  selector?: string[];
}

function pathsOf(context: ResourceContext): ScalePaths {
  const version = customVersionOf(context.cluster, context.type);
  const subresources = isRecord(version?.subresources)
    ? version.subresources
    : {};
  const defined = isRecord(subresources.scale) ? subresources.scale : {};
  const steps = (value: unknown, otherwise: string) =>
    String(value ?? otherwise)
      .split('.')
      .filter(Boolean);
  return {
    replicas: steps(defined.specReplicasPath, '.spec.replicas'),
    status: steps(defined.statusReplicasPath, '.status.replicas'),
    ...(defined.labelSelectorPath
      ? { selector: steps(defined.labelSelectorPath, '') }
      : {}),
  };
}

function at(object: unknown, steps: readonly string[]): unknown {
  return steps.reduce<unknown>(
    (value, step) => (isRecord(value) ? value[step] : undefined),
    object,
  );
}

function selectorText(selector: unknown): string {
  if (typeof selector === 'string') return selector;
  const labels =
    isRecord(selector) && isRecord(selector.matchLabels)
      ? selector.matchLabels
      : {};
  return Object.entries(labels)
    .map(([name, value]) => `${name}=${value}`)
    .join(',');
}

/** `Scale` of autoscaling/v1. */
function scaleOf(
  context: ResourceContext,
  object: KubernetesObject,
): Record<string, unknown> {
  const paths = pathsOf(context);
  const { name, namespace, uid, resourceVersion, creationTimestamp } =
    object.metadata;
  const selector = selectorText(
    at(object, paths.selector ?? ['spec', 'selector']),
  );
  return {
    kind: 'Scale',
    apiVersion: 'autoscaling/v1',
    metadata: { name, namespace, uid, resourceVersion, creationTimestamp },
    spec: { replicas: at(object, paths.replicas) ?? 0 },
    status: {
      replicas: at(object, paths.status) ?? 0,
      ...(selector ? { selector } : {}),
    },
  };
}

function readReplicas(wanted: unknown, name: string): number {
  const replicas = at(wanted, ['spec', 'replicas']) ?? 0;
  if (Number.isInteger(replicas) && Number(replicas) >= 0) {
    return Number(replicas);
  }
  throw invalid({
    group: 'autoscaling',
    kind: 'Scale',
    name,
    causes: [
      {
        reason: 'FieldValueInvalid',
        message: `Invalid value: ${JSON.stringify(
          replicas,
        )}: must be greater than or equal to 0`,
        field: 'spec.replicas',
      },
    ],
  });
}

function setAt(
  object: Record<string, unknown>,
  steps: readonly string[],
  value: number,
): void {
  const [step, ...rest] = steps;
  if (!rest.length) {
    object[step] = value;
    return;
  }
  const existing = object[step];
  const child = isRecord(existing) ? existing : {};
  object[step] = child;
  setAt(child, rest, value);
}

/** The `scale` subresource: get, update and patch. */
export async function scale(
  context: ResourceContext,
  verb: string,
): Promise<Answer> {
  const { cluster, request, query, type } = context;
  const existing = existingObject(context);
  const current = scaleOf(context, existing);
  if (verb === 'get') return { code: 200, body: current };
  const dryRun = readDryRun(query, 'UpdateOptions');
  const wanted =
    verb === 'patch'
      ? mergePatch(
          current,
          decode(await readBody(request), mediaTypeOf(request)),
        )
      : await readObject(request);
  const { name, resourceVersion } = existing.metadata;
  const seen = at(wanted, ['metadata', 'resourceVersion']);
  if (seen && seen !== resourceVersion) throw conflict(type, name);
  const object = cloneJson(cluster.store.peek(keyOf(existing)) ?? existing);
  setAt(object, pathsOf(context).replicas, readReplicas(wanted, name));
  const updated = cluster.store.update(object, { dryRun });
  return { code: 200, body: scaleOf(context, updated) };
}
