import {
  at,
  list,
  parseQuantity,
  text,
  texts,
} from '@day2ops/backstage-plugin-day2-node';

const MAX_CONTAINERS = 20;
const MAX_CLAIMS = 50;

export interface TemplateContainer {
  name: string;
  image: string;
  requests: Readonly<Record<string, string>>;
  limits: Readonly<Record<string, string>>;
}

/** What is kept of a pod template. Environment, arguments and commands never are. */
export interface TemplateFields {
  labels: Readonly<Record<string, string>>;
  containers: readonly TemplateContainer[];
  claims: readonly string[];
}

export function pruneTemplate(template: unknown): TemplateFields {
  const containers: TemplateContainer[] = [];
  for (const container of list(
    at(template, 'spec', 'containers'),
    MAX_CONTAINERS,
  )) {
    const name = text(at(container, 'name'));
    if (name) {
      containers.push({
        name,
        image: text(at(container, 'image'), 500) ?? '',
        requests: quantities(at(container, 'resources', 'requests')),
        limits: quantities(at(container, 'resources', 'limits')),
      });
    }
  }
  return {
    labels: texts(at(template, 'metadata', 'labels')),
    containers,
    claims: readClaims(at(template, 'spec', 'volumes')),
  };
}

/** Names of the PersistentVolumeClaims among volumes. */
export function readClaims(volumes: unknown): string[] {
  return list(volumes)
    .map(volume => text(at(volume, 'persistentVolumeClaim', 'claimName')))
    .filter(claim => claim !== undefined)
    .slice(0, MAX_CLAIMS);
}

function quantities(value: unknown): Record<string, string> {
  const kept = Object.entries(texts(value)).filter(
    ([, quantity]) => parseQuantity(quantity) !== undefined,
  );
  return Object.fromEntries(kept);
}

/** `api:1.4.2` of `registry.example/team/api:1.4.2`; digests keep 12 characters. */
export function imageLabel(image: string): string {
  const [path, digest] = image.split('@');
  const last = path.slice(path.lastIndexOf('/') + 1);
  const hash = digest?.split(':')[1];
  return hash && !last.includes(':') ? `${last}@${hash.slice(0, 12)}` : last;
}

export function imagesLabel(images: readonly string[]): string {
  const shown = images.slice(0, 3).map(imageLabel).join(', ');
  return images.length > 3 ? `${shown} and ${images.length - 3} more` : shown;
}
