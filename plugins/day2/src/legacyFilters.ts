import { Entity } from '@backstage/catalog-model';

const componentTypes = ['service', 'website', 'worker'];
const annotations = [
  'backstage.io/kubernetes-id',
  'backstage.io/kubernetes-label-selector',
];

/** Whether an entity is one that runs, for `EntitySwitch` and tabs: the same entities as the new system's filter. */
export function isDay2Available(entity: Entity): boolean {
  const kind = entity.kind.toLocaleLowerCase('en-US');
  const type = String(entity.spec?.type ?? '');
  return (
    (kind === 'component' && componentTypes.includes(type)) ||
    (kind === 'resource' && type === 'database') ||
    annotations.some(name => entity.metadata.annotations?.[name] !== undefined)
  );
}
