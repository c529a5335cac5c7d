import { createHash } from 'node:crypto';

export const OWNER = 'group:default/platform-team';
export const PERSON = 'user:default/you';

const ID = 'backstage.io/kubernetes-id';
const PART_OF = 'app.kubernetes.io/part-of';
const NAME = 'app.kubernetes.io/name';

/** Labels that change with every release or say nothing of what a workload is. */
const passing = new Set([
  'app.kubernetes.io/managed-by',
  'app.kubernetes.io/version',
  'helm.sh/chart',
  'chart',
  'heritage',
  'objectset.rio.cattle.io/hash',
]);

const fingerprint = text =>
  createHash('sha256').update(text).digest('hex').slice(0, 8);

/** A name that the catalog takes, still unique where something had to go. */
export function toEntityName(text) {
  if (/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$/.test(text)) {
    return text;
  }
  const clean = text.replace(/[^A-Za-z0-9]+/g, '-').replace(/^-+/, '');
  return `${clean.slice(0, 54)}-${fingerprint(text)}`.replace(/^-/, '');
}

/** What a workload belongs to: an id, else application and name, else itself. The key decides what is one entity. */
function identify({ kind, namespace, name, labels }) {
  if (labels[ID]) {
    return {
      key: `id/${labels[ID]}`,
      entity: labels[ID],
      system: labels[PART_OF] ?? namespace,
      annotations: { [ID]: labels[ID] },
    };
  }
  if (labels[PART_OF] && labels[NAME]) {
    return {
      key: `app/${labels[PART_OF]}/${labels[NAME]}`,
      entity: labels[NAME],
      longer: `${labels[PART_OF]}-${labels[NAME]}`,
      system: labels[PART_OF],
      annotations: {
        'backstage.io/kubernetes-label-selector': `${PART_OF}=${labels[PART_OF]},${NAME}=${labels[NAME]}`,
      },
    };
  }
  const own = Object.entries(labels).filter(([key]) => !passing.has(key));
  if (own.length === 0) {
    return undefined;
  }
  return {
    key: `workload/${namespace}/${kind}/${name}`,
    entity: name,
    longer: `${namespace}-${name}`,
    longest: `${namespace}-${name}-${kind.toLowerCase()}`,
    system: namespace,
    annotations: {
      'backstage.io/kubernetes-label-selector': own
        .map(([key, value]) => `${key}=${value}`)
        .sort()
        .join(','),
      'backstage.io/kubernetes-namespace': namespace,
    },
  };
}

/** Who comes first has the short name. */
const ranks = ['id', 'app', 'workload', 'namespace'];

/** A label selector may have 50 terms. */
const MAX_TERMS = 40;

/** Workloads without a label have nothing to tell them apart by: those of one namespace are one entity. */
function identifyRest(namespace, workloads) {
  const keys = workloads
    .filter(workload => workload.namespace === namespace)
    .flatMap(({ labels }) => Object.keys(labels))
    .filter(key => !passing.has(key));
  const absent = [...new Set([ID, PART_OF, NAME, ...keys])];
  return {
    key: `namespace/${namespace}`,
    entity: namespace,
    longer: `${namespace}-unlabelled`,
    system: namespace,
    annotations: {
      'backstage.io/kubernetes-label-selector': absent
        .slice(0, MAX_TERMS)
        .map(key => `!${key}`)
        .join(','),
      'backstage.io/kubernetes-namespace': namespace,
    },
  };
}

/** The first name that nobody has: short ones for the first to come, longer ones for the others. */
function takeName({ entity, longer, longest, key }, taken) {
  const candidates = [entity, longer, longest, key]
    .filter(Boolean)
    .map(toEntityName);
  const name = candidates.find(
    candidate => !taken.has(candidate.toLowerCase()),
  );
  const unique = name ?? toEntityName(`${key}/`);
  taken.add(unique.toLowerCase());
  return unique;
}

const entity = (kind, metadata, spec) => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata,
  spec,
});

function organization() {
  return [
    entity(
      'Group',
      { name: 'platform-team', title: 'Whoever started this portal' },
      { type: 'team', children: [] },
    ),
    entity(
      'User',
      { name: 'you' },
      { profile: { displayName: 'You' }, memberOf: ['platform-team'] },
    ),
  ];
}

/**
 * Catalog entities of what runs in clusters, joined to it by annotations: one Component for what shares a
 * `backstage.io/kubernetes-id`, else `app.kubernetes.io/part-of` and `name`, else for each workload, and one for what has
 * no label in a namespace; one System for each application or namespace.
 *
 * @param {{ kind: string, namespace: string, name: string, labels: Record<string, string> }[]} workloads of all clusters
 * @returns {{ entities: object[], services: number }}
 */
export function deriveEntities(workloads) {
  const found = new Map();
  for (const workload of workloads) {
    const identity =
      identify(workload) ?? identifyRest(workload.namespace, workloads);
    if (!found.has(identity.key)) {
      found.set(identity.key, identity);
    }
  }
  const rank = ({ key }) => ranks.indexOf(key.split('/')[0]);
  const identities = [...found.values()].sort(
    (a, b) => rank(a) - rank(b) || (a.key < b.key ? -1 : 1),
  );
  const taken = new Set();
  const systems = new Set();
  const components = identities.map(identity => {
    const system = toEntityName(identity.system);
    systems.add(system);
    return entity(
      'Component',
      { name: takeName(identity, taken), annotations: identity.annotations },
      { type: 'service', lifecycle: 'unknown', owner: OWNER, system },
    );
  });
  return {
    entities: [
      ...organization(),
      ...[...systems]
        .sort()
        .map(name => entity('System', { name }, { owner: OWNER })),
      ...components,
    ],
    services: components.length,
  };
}
