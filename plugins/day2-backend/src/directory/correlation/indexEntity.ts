import { isError } from '@backstage/errors';
import { annotationNames } from '@day2ops/backstage-plugin-day2-common';
import { canRun } from '../toEntityRow';
import { DirectoryEntity } from '../types';
import { EntityGrants } from './createGrants';
import { parseSelector, Requirement } from './parseSelector';

/** An entity as correlation sees it: what it claims and what it may claim. */
export interface IndexedEntity {
  id: number;
  ref: string;
  isComponent: boolean;
  /** Value of the label `backstage.io/kubernetes-id` on its objects. */
  kubernetesId: string | undefined;
  /** Stands in for the kubernetes id, as it does in the kubernetes plugin, for services that give none. */
  fallbackId: string | undefined;
  /** Its own label selector. */
  selector: SelectorClaim | undefined;
  /** What its claims are limited to by its own annotations. */
  namespace: string | undefined;
  cluster: string | undefined;
  grants: EntityGrants | undefined;
  /** Equal for entities that correlate alike. */
  signature: string;
}

export interface SelectorClaim {
  requirements: readonly Requirement[];
  /** Where it is filed: objects that lack this cannot match. */
  file:
    | { by: 'label'; key: string; values: ReadonlySet<string> }
    | { by: 'key'; key: string }
    | { by: 'namespace'; namespace: string };
}

/**
 * @param onProblem - told what is wrong with a claim that therefore claims nothing
 * @returns `undefined` for kinds that never run
 */
export function indexEntity(options: {
  entity: DirectoryEntity;
  grants: EntityGrants | undefined;
  onProblem(problem: string): void;
}): IndexedEntity | undefined {
  const { entity, grants, onProblem } = options;
  if (!canRun(entity.kind)) {
    return undefined;
  }
  const read = (name: string) => entity.annotations[name]?.trim() || undefined;
  const namespace = read(annotationNames.kubernetesNamespace);
  const cluster = read(annotationNames.kubernetesCluster);
  const kubernetesId = read(annotationNames.kubernetesId);
  const text = read(annotationNames.kubernetesLabelSelector);
  return {
    id: entity.id,
    ref: entity.ref,
    isComponent: entity.kind.toLocaleLowerCase('en-US') === 'component',
    kubernetesId,
    fallbackId:
      entity.isService && kubernetesId === undefined ? entity.name : undefined,
    selector: text ? readSelector({ text, namespace, onProblem }) : undefined,
    namespace,
    cluster,
    grants,
    signature: JSON.stringify([
      entity.kind,
      entity.isService,
      namespace,
      cluster,
      kubernetesId,
      text,
      entity.ownerRefs,
    ]),
  };
}

function readSelector(options: {
  text: string;
  namespace: string | undefined;
  onProblem(problem: string): void;
}): SelectorClaim | undefined {
  const { text, namespace, onProblem } = options;
  const name = annotationNames.kubernetesLabelSelector;
  try {
    const requirements = parseSelector(text);
    const file = placeOf(requirements, namespace);
    if (file) {
      return { requirements, file };
    }
    onProblem(
      `annotation ${name} claims whatever lacks a label, in every namespace: add an equality, or ${annotationNames.kubernetesNamespace}`,
    );
  } catch (error) {
    onProblem(`annotation ${name}: ${isError(error) ? error.message : error}`);
  }
  return undefined;
}

function placeOf(
  requirements: readonly Requirement[],
  namespace: string | undefined,
): SelectorClaim['file'] | undefined {
  // One value before several: it leaves the fewest objects to look at.
  const [equality] = requirements
    .filter(({ operator }) => operator === 'in')
    .sort((a, b) => a.values.size - b.values.size);
  if (equality) {
    return { by: 'label', key: equality.key, values: equality.values };
  }
  const existence = requirements.find(({ operator }) => operator === 'exists');
  if (existence) {
    return { by: 'key', key: existence.key };
  }
  return namespace ? { by: 'namespace', namespace } : undefined;
}
