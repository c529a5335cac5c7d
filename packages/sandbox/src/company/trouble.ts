import type { Actors } from '../actors';
import type { Behaviour } from '../actors/behaviours';
import { timestamp } from '../actors/time';
import type { ClusterStore } from '../cluster/clusterStore';
import type { KubernetesObject } from '../cluster/types';

/** How a person may break a workload. */
export const TROUBLES = [
  'crashLoop',
  'oom',
  'imagePull',
  'unready',
  'hang',
] as const;

export type Trouble = (typeof TROUBLES)[number];

/** Names a workload of one cluster. */
export interface WorkloadName {
  namespace: string;
  name: string;
}

/** A request that names what does not exist, or asks for what cannot be done; the message says what there is. */
export class TroubleError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TroubleError';
  }
}

/** What a person may do to the workloads of one cluster, and what then stands there. */
export interface Hand {
  break(workload: WorkloadName, as: Trouble): void;
  /** Takes back what was broken; also what was broken from the beginning. */
  mend(workload: WorkloadName): void;
  scale(workload: WorkloadName, replicas: number): void;
  /** Gives the first container another image. */
  deploy(workload: WorkloadName, image: string): void;
  list(): WorkloadState[];
}

/** One workload in a word. */
export interface WorkloadState {
  kind: string;
  namespace: string;
  name: string;
  ready: number;
  wanted: number;
  behaviour: Behaviour['as'];
}

const KINDS = [
  { group: 'apps', kind: 'Deployment' },
  { group: 'apps', kind: 'StatefulSet' },
  { group: 'apps', kind: 'DaemonSet' },
  { group: 'batch', kind: 'CronJob' },
  { group: 'batch', kind: 'Job' },
] as const;

function find(store: ClusterStore, { namespace, name }: WorkloadName) {
  for (const { group, kind } of KINDS) {
    const object = store.peek({ group, kind, namespace, name });
    if (object) return { group, object };
  }
  const names = (objects: KubernetesObject[]) =>
    [...new Set(objects.map(({ metadata }) => metadata.name))].join(', ');
  const here = KINDS.flatMap(({ group, kind }) =>
    store
      .peekAll(group, kind, namespace)
      .filter(({ metadata }) => !metadata.ownerReferences?.length),
  );
  if (here.length) {
    throw new TroubleError(
      `No workload ${name} in namespace ${namespace}; there are: ${names(
        here,
      )}`,
    );
  }
  throw new TroubleError(
    `No workloads in namespace ${namespace}; the namespaces are: ${names(
      store.peekAll('', 'Namespace'),
    )}`,
  );
}

function firstContainer(object: KubernetesObject) {
  const template =
    object.spec?.jobTemplate?.spec?.template ?? object.spec?.template;
  return template?.spec?.containers?.[0];
}

function stateOf(object: KubernetesObject, behaviour: Behaviour) {
  const { status, spec, metadata, kind } = object;
  const isDaemon = kind === 'DaemonSet';
  return {
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    ready: isDaemon ? status?.numberReady ?? 0 : status?.readyReplicas ?? 0,
    wanted: isDaemon
      ? status?.desiredNumberScheduled ?? 0
      : spec?.replicas ?? 0,
    behaviour: behaviour.as,
  };
}

class ClusterHand implements Hand {
  /** Images that were replaced to break a pull, by workload. */
  private readonly images = new Map<string, string>();

  constructor(
    private readonly store: ClusterStore,
    private readonly actors: Actors,
  ) {}

  break(workload: WorkloadName, as: Trouble) {
    const { group, object } = find(this.store, workload);
    const id = `${workload.namespace}/${workload.name}`;
    const { behaviours } = this.actors;
    const isJob = group === 'batch';
    if (as === 'imagePull') {
      const image: string = firstContainer(object)?.image ?? '';
      const broken = `${image.replace(/-missing$/, '')}-missing`;
      if (!this.images.has(id)) this.images.set(id, image);
      behaviours.set(id, { as, image: broken });
      this.setImage(workload, broken);
      return;
    }
    if (as === 'hang') {
      if (isJob) {
        behaviours.set(id, { as: 'hangJob' });
        return;
      }
      // Objects know seconds: what is made within this one is of the new template.
      const since = Math.floor(this.now() / 1000) * 1000;
      behaviours.set(id, { as, since });
      this.restart(workload);
      return;
    }
    behaviours.set(id, isJob ? { as: 'failJob' } : { as });
  }

  mend(workload: WorkloadName) {
    const { object } = find(this.store, workload);
    const id = `${workload.namespace}/${workload.name}`;
    const image = this.images.get(id);
    this.images.delete(id);
    this.actors.behaviours.set(id, { as: 'healthy' });
    if (image && firstContainer(object)?.image !== image) {
      this.setImage(workload, image);
    }
  }

  scale(workload: WorkloadName, replicas: number) {
    const { group, object } = find(this.store, workload);
    if (object.spec?.replicas === undefined) {
      throw new TroubleError(
        `${object.kind} ${workload.name} has no replicas to scale`,
      );
    }
    if (!Number.isInteger(replicas) || replicas < 0 || replicas > 200) {
      throw new TroubleError('replicas must be a whole number from 0 to 200');
    }
    this.store.modify({ group, kind: object.kind, ...workload }, changed => {
      changed.spec = { ...changed.spec, replicas };
    });
  }

  deploy(workload: WorkloadName, image: string) {
    if (!/^[\w.:/@-]{1,255}$/.test(image)) {
      throw new TroubleError(`Not the name of an image: ${image}`);
    }
    this.setImage(workload, image);
  }

  list(): WorkloadState[] {
    return KINDS.flatMap(({ group, kind }) =>
      this.store
        .peekAll(group, kind)
        .filter(({ metadata }) => !metadata.ownerReferences?.length)
        .map(object => {
          const { namespace, name } = object.metadata;
          const id = `${namespace}/${name}`;
          return stateOf(object, this.actors.behaviours.of(id));
        }),
    );
  }

  private now() {
    return this.actors.context.clock.now();
  }

  private setImage(workload: WorkloadName, image: string) {
    const { group, object } = find(this.store, workload);
    this.store.modify({ group, kind: object.kind, ...workload }, changed => {
      const container = firstContainer(changed);
      if (container) container.image = image;
    });
  }

  /** As `kubectl rollout restart` does. */
  private restart(workload: WorkloadName) {
    const { group, object } = find(this.store, workload);
    const at = timestamp(this.now());
    this.store.modify({ group, kind: object.kind, ...workload }, changed => {
      const metadata = changed.spec?.template?.metadata;
      if (!metadata) return;
      metadata.annotations = {
        ...metadata.annotations,
        'kubectl.kubernetes.io/restartedAt': at,
      };
    });
  }
}

export function createHand(store: ClusterStore, actors: Actors): Hand {
  return new ClusterHand(store, actors);
}
