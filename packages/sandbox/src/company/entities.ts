import { PLATFORMS, TEAMS } from './platforms';
import type { Person, Platform, Service, Team } from './types';

/** A catalog entity, as far as the company writes them. */
export interface CompanyEntity {
  apiVersion: 'backstage.io/v1alpha1';
  kind: 'Component' | 'Group' | 'Resource' | 'System' | 'User';
  metadata: {
    name: string;
    namespace: 'default';
    title?: string;
    description?: string;
    annotations?: Record<string, string>;
    labels?: Record<string, string>;
    tags?: string[];
  };
  spec: Record<string, unknown>;
}

const head = (name: string, rest: Partial<CompanyEntity['metadata']>) => ({
  name,
  namespace: 'default' as const,
  ...rest,
});

function userEntity(person: Person): CompanyEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: head(person.name, {}),
    spec: {
      profile: { displayName: person.displayName, email: person.email },
      memberOf: person.memberOf,
    },
  };
}

function groupEntity(team: Team): CompanyEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: head(team.name, {
      title: team.title,
      description: team.description,
    }),
    spec: {
      type: 'team',
      profile: { displayName: team.title },
      ...(team.parent ? { parent: team.parent } : {}),
      children: [],
    },
  };
}

function systemEntity({ system, team }: Platform): CompanyEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'System',
    metadata: head(system.name, {
      title: system.title,
      description: system.description,
    }),
    spec: { owner: `group:default/${team.name}` },
  };
}

function annotationsOf({ name, claim }: Service): Record<string, string> {
  return claim
    ? {
        'backstage.io/kubernetes-label-selector': claim.selector,
        'backstage.io/kubernetes-namespace': claim.namespace,
      }
    : { 'backstage.io/kubernetes-id': name };
}

const SERVICES = new Map(
  PLATFORMS.flatMap(({ services }) =>
    services.map(service => [service.name, service] as const),
  ),
);

/** The entity reference of a service of the company. */
export function serviceRef(name: string): string {
  const service = SERVICES.get(name);
  if (!service) throw new Error(`The company has no service ${name}`);
  return `${service.kind.toLowerCase()}:default/${name}`;
}

function serviceEntity(platform: Platform, service: Service): CompanyEntity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: service.kind,
    metadata: head(service.name, {
      ...(service.title ? { title: service.title } : {}),
      description: service.description,
      annotations: annotationsOf(service),
      ...(service.tags ? { tags: service.tags } : {}),
    }),
    spec: {
      type: service.type,
      lifecycle: service.lifecycle,
      owner: `group:default/${platform.team.name}`,
      system: `system:default/${platform.system.name}`,
      ...(service.needs ? { dependsOn: service.needs.map(serviceRef) } : {}),
    },
  };
}

/** The company by catalog file: people and teams, systems, services. */
export function companyFiles(): Readonly<
  Record<'org' | 'systems' | 'components', CompanyEntity[]>
> {
  return {
    org: [
      ...TEAMS.map(groupEntity),
      ...PLATFORMS.map(({ team }) => groupEntity(team)),
      ...PLATFORMS.flatMap(({ people }) => people.map(userEntity)),
    ],
    systems: PLATFORMS.map(systemEntity),
    components: PLATFORMS.flatMap(platform =>
      platform.services.map(service => serviceEntity(platform, service)),
    ),
  };
}

/** Every entity of the company, each reference among them resolvable. */
export function companyEntities(): CompanyEntity[] {
  const { org, systems, components } = companyFiles();
  return [...org, ...systems, ...components];
}
