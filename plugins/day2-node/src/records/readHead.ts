import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import { at, count, flag, list, map, moment, text, texts } from './read';
import { ObjectHead, OwnerReference, UntrustedObject } from './types';

const MAX_OWNERS = 10;
const MAX_FINALIZERS = 5;
const MAX_ANNOTATION = 1_024;
const NOTHING: Readonly<Record<string, string>> = Object.freeze({});
const NO_OWNERS: readonly OwnerReference[] = Object.freeze([]);

const ownAnnotations: readonly string[] = [
  annotationNames.entity,
  annotationNames.environment,
  annotationNames.kubernetesId,
];

/** Labels that Day 2 reads itself: kept even where a kind keeps none. */
const ownLabels: readonly string[] = [
  annotationNames.entity,
  annotationNames.environment,
  annotationNames.kubernetesId,
];

/** @public */
export interface ReadHeadOptions {
  /** Whether all labels are kept; without it only those that Day 2 reads itself. */
  keepLabels?: boolean;
  /** Annotations to keep besides Day 2's own. */
  keepAnnotations?: readonly string[];
  /** For items of a list, which may carry no `apiVersion` and `kind` of their own. */
  apiVersion?: string;
  kind?: string;
}

/**
 * What is kept of every object; `undefined` for what is no Kubernetes object (no kind or no name). `uid` is empty when
 * the object has none, as in a file: who indexes by it gives it one.
 *
 * @public
 */
export function readHead(
  object: UntrustedObject,
  options: ReadHeadOptions = {},
): ObjectHead | undefined {
  const apiVersion = text(at(object, 'apiVersion')) ?? options.apiVersion;
  const kind = text(at(object, 'kind')) ?? options.kind;
  const metadata = map(at(object, 'metadata'));
  const name = text(at(metadata, 'name'));
  if (!apiVersion || !kind || !name) {
    return undefined;
  }
  const deletedAt = moment(at(metadata, 'deletionTimestamp'));
  const finalizers = list(at(metadata, 'finalizers'), 100);
  return {
    apiVersion,
    group: groupOf(apiVersion),
    kind,
    namespace: text(at(metadata, 'namespace')),
    name,
    uid: text(at(metadata, 'uid')) ?? '',
    generation: count(at(metadata, 'generation')),
    createdAt: moment(at(metadata, 'creationTimestamp')),
    deletedAt,
    deletionGraceSeconds: count(at(metadata, 'deletionGracePeriodSeconds')),
    finalizers: finalizers.length,
    ...(deletedAt !== undefined && finalizers.length > 0
      ? { finalizerNames: readNames(finalizers) }
      : {}),
    labels: readLabels(at(metadata, 'labels'), options.keepLabels),
    annotations: readAnnotations(at(metadata, 'annotations'), options),
    owners: readOwners(at(metadata, 'ownerReferences')),
  };
}

function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

function readNames(finalizers: readonly unknown[]): string[] {
  return finalizers
    .slice(0, MAX_FINALIZERS)
    .map(finalizer => text(finalizer))
    .filter(name => name !== undefined);
}

function readLabels(value: unknown, all = false) {
  const labels = texts(value, key => all || ownLabels.includes(key));
  return Object.keys(labels).length === 0 ? NOTHING : labels;
}

function readAnnotations(value: unknown, options: ReadHeadOptions) {
  const annotations = map(value);
  const kept: [string, string][] = [];
  for (const key of [...ownAnnotations, ...(options.keepAnnotations ?? [])]) {
    const annotation = text(at(annotations, key), MAX_ANNOTATION);
    if (annotation !== undefined) {
      kept.push([key, annotation]);
    }
  }
  return kept.length === 0 ? NOTHING : Object.fromEntries(kept);
}

function readOwners(value: unknown): readonly OwnerReference[] {
  const owners: OwnerReference[] = [];
  for (const reference of list(value, MAX_OWNERS)) {
    const kind = text(at(reference, 'kind'));
    const name = text(at(reference, 'name'));
    if (kind && name) {
      owners.push({
        group: groupOf(text(at(reference, 'apiVersion')) ?? ''),
        kind,
        name,
        uid: text(at(reference, 'uid')) ?? '',
        controller: flag(at(reference, 'controller')) ?? false,
      });
    }
  }
  return owners.length === 0 ? NO_OWNERS : owners;
}

/**
 * The owner that manages an object, such as the ReplicaSet of a Pod.
 *
 * @public
 */
export function controllerOf(head: ObjectHead): OwnerReference | undefined {
  return head.owners.find(owner => owner.controller);
}
