import type { KubernetesObject } from '../cluster/types';

/** A part of an object whose shape the API server has checked: a container, a probe, a status. */
export type Fields = NonNullable<KubernetesObject['spec']>;
