import { Entity } from '@backstage/catalog-model';

/** A component of type service, as the catalog has it. */
export function createEntity(name: string): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      description:
        'HTTP API of the GSV platform: tenants, catalogs and billing hooks.',
      annotations: { 'backstage.io/kubernetes-id': name },
    },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: 'gsv-sre',
      system: 'gsv-platform',
    },
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/gsv-sre' },
      { type: 'partOf', targetRef: 'system:default/gsv-platform' },
    ],
  };
}

/** What rolls services up. */
export function createSystem(): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: { name: 'gsv-platform', namespace: 'default' },
    spec: { owner: 'gsv-sre' },
  };
}
