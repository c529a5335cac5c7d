import type { ClusterStore } from './clusterStore';
import { equalJson, isRecord } from './json';
import { formatTime, keyOf } from './keys';
import type { ResourceRegistry } from './resourceRegistry';
import type { Clock, KubernetesObject, ResourceType } from './types';

export const CRD_GROUP = 'apiextensions.k8s.io';
export const CRD_KIND = 'CustomResourceDefinition';

const CLEANUP = 'customresourcecleanup.apiextensions.k8s.io';

function strings(value: unknown): string[] {
  return Array.isArray(value)
    ? value.filter(entry => typeof entry === 'string')
    : [];
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/**
 * The rank of a version: v2 before v1 before v1beta2 before v1beta1 before v1alpha1 before anything else
 * (k8s.io/apimachinery/pkg/version).
 */
function priority(version: string): number {
  const match = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(version);
  if (!match) return -1;
  const [, major, stage, minor] = match;
  const stages: Record<string, number> = { alpha: 1, beta: 2 };
  const rank = stage ? stages[stage] : 3;
  return rank * 1e6 + Number(major) * 1e3 + Number(minor ?? 0);
}

/** What a CustomResourceDefinition makes the server serve, the preferred version first. */
export function servedTypes(definition: KubernetesObject): ResourceType[] {
  const spec = definition.spec ?? {};
  const names = isRecord(spec.names) ? spec.names : {};
  const versions = records(spec.versions).filter(({ served }) => served);
  return versions
    .map(version => ({
      group: String(spec.group),
      version: String(version.name),
      kind: String(names.kind),
      plural: String(names.plural),
      singular: String(names.singular ?? String(names.kind).toLowerCase()),
      shortNames: strings(names.shortNames),
      categories: strings(names.categories),
      namespaced: spec.scope === 'Namespaced',
      subresources: isRecord(version.subresources)
        ? Object.keys(version.subresources).sort()
        : [],
    }))
    .sort((left, right) => priority(right.version) - priority(left.version));
}

function establish(definition: KubernetesObject, now: string): void {
  const names = definition.spec?.names ?? {};
  const condition = (type: string, reason: string, message: string) => ({
    type,
    status: 'True',
    lastTransitionTime: now,
    reason,
    message,
  });
  definition.status = {
    conditions: [
      condition('NamesAccepted', 'NoConflicts', 'no conflicts found'),
      condition(
        'Established',
        'InitialNamesAccepted',
        'the initial names have been accepted',
      ),
    ],
    acceptedNames: names,
    storedVersions: records(definition.spec?.versions)
      .filter(({ storage }) => storage)
      .map(({ name }) => name),
  };
}

function removeInstances(
  store: ClusterStore,
  definition: KubernetesObject,
): void {
  for (const served of servedTypes(definition).slice(0, 1)) {
    for (const instance of store.peekAll(served.group, served.kind)) {
      const key = keyOf(instance);
      // An instance that an earlier one owned is gone by now.
      if (!store.peek(key)) continue;
      store.modify(key, ({ metadata }) => delete metadata.finalizers);
      store.delete(key, { gracePeriodSeconds: 0 });
    }
  }
}

/**
 * Serves custom resources for as long as their definition stands. A definition that is deleted first takes its objects
 * away, while they can still be watched. Returns how to stop.
 */
export function serveCustomResources(options: {
  store: ClusterStore;
  resources: ResourceRegistry;
  clock: Clock;
}): () => void {
  const { store, resources, clock } = options;
  return store.onChange(({ type, object }) => {
    const { group, kind, name } = keyOf(object);
    if (group !== CRD_GROUP || kind !== CRD_KIND) return;
    if (type === 'DELETED') {
      resources.replace(name, []);
      return;
    }
    const key = { group, kind, name };
    if (object.metadata.deletionTimestamp) {
      removeInstances(store, object);
      store.modify(key, ({ metadata }) => {
        metadata.finalizers = metadata.finalizers?.filter(
          finalizer => finalizer !== CLEANUP,
        );
      });
      return;
    }
    resources.replace(name, servedTypes(object));
    if (type === 'ADDED') {
      store.modify(key, ({ metadata }) => {
        metadata.finalizers = [...(metadata.finalizers ?? []), CLEANUP];
      });
    }
    if (!equalJson(object.status?.acceptedNames, object.spec?.names)) {
      const now = formatTime(clock.now());
      store.modify(key, definition => establish(definition, now), {
        status: true,
      });
    }
  });
}
