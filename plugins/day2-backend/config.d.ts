import { HumanDuration } from '@backstage/types';

export interface Config {
  /** Day 2: what runs, whether it is well, and whose it is. Read by the backend only. */
  day2?: {
    /**
     * What this replica does: watch clusters, answer the API, or both. Defaults to `all`.
     *
     * @visibility backend
     */
    role?: 'all' | 'api' | 'collector';

    /**
     * What Day 2 should know of clusters besides what the kubernetes plugin knows. Clusters that are not listed are
     * watched all the same, in the environment `default`.
     */
    clusters?: Array<{
      /**
       * Name as the kubernetes plugin knows it.
       *
       * @visibility backend
       */
      name: string;
      /**
       * For example `production`. At most 63 lower-case letters, digits and dashes. Defaults to `default`.
       *
       * @visibility backend
       */
      environment?: string;
      /** What Argo CD calls this cluster. */
      aliases?: {
        /**
         * API server addresses, as in `destination.server`. Defaults to none besides its own address.
         *
         * @visibility backend
         */
        servers?: string[];
        /**
         * Names, as in `destination.name`. Defaults to none.
         *
         * @visibility backend
         */
        argoNames?: string[];
      };
    }>;

    /**
     * Environments of namespaces, where several share a cluster; the first match wins over the environment of the
     * cluster. Defaults to none.
     */
    environments?: Array<{
      /**
       * A namespace, or a pattern with `*` for anything.
       *
       * @visibility backend
       */
      namespace: string;
      /** @visibility backend */
      environment: string;
    }>;

    services?: {
      /**
       * Entities that should run: shown as `unknown` when nothing of them is found. Entities that have something
       * running or claim something are services whether they match or not. Defaults to Components of type service,
       * website and worker, and Resources of type database.
       */
      filter?: Array<{
        /** @visibility backend */
        kind: string;
        /**
         * Values of `spec.type`. Defaults to any.
         *
         * @visibility backend
         */
        types?: string[];
      }>;
    };

    correlation?: {
      /**
       * What an entity's own annotations may claim: `show` shows it, drawn as claimed; `bounded` shows it only where
       * `namespaces` allows it. Defaults to `show`.
       *
       * @visibility backend
       */
      claims?: 'show' | 'bounded';
      /**
       * Which namespaces belong to whom. A claim within is proven by configuration; for owners and entities that
       * are named here, whatever lies elsewhere is marked as unexpected. Defaults to none.
       */
      namespaces?: Array<{
        /**
         * Ref of the owner, for example `group:default/payments`. Either this or `entity`.
         *
         * @visibility backend
         */
        owner?: string;
        /**
         * Ref of one entity, for example `component:default/checkout`.
         *
         * @visibility backend
         */
        entity?: string;
        /**
         * Name of the cluster. Defaults to any.
         *
         * @visibility backend
         */
        cluster?: string;
        /**
         * Namespaces, or patterns with `*` for anything.
         *
         * @visibility backend
         */
        namespaces: string[];
      }>;
    };

    catalog?: {
      /**
       * How often the catalog is asked what changed. From 5 seconds to 1 day, defaults to 60 seconds.
       *
       * @visibility backend
       */
      refresh?: HumanDuration | string;
    };

    history?: {
      /**
       * How long history is kept. From 1 day to 10 years, defaults to 90 days.
       *
       * @visibility backend
       */
      retention?: HumanDuration | string;
      /**
       * How long something must stay better before history says so. Up to 1 hour, defaults to 60 seconds.
       *
       * @visibility backend
       */
      hold?: HumanDuration | string;
    };

    /**
     * How clusters are reached: `direct` needs the kubernetes plugin's module in the same process, `proxy` goes
     * through the kubernetes plugin, `auto` takes the first that there is. Defaults to `auto`.
     *
     * @visibility backend
     */
    transport?: 'auto' | 'direct' | 'proxy';

    /** Settings per source, by its id, for example `kubernetes`. */
    sources?: {
      [id: string]: {
        /**
         * Defaults to true.
         *
         * @visibility backend
         */
        enabled?: boolean;
        /** The source's own settings: see its documentation. */
        [setting: string]: unknown;
      };
    };

    /** Kinds of your own, judged without code. Defaults to none. */
    kinds?: Array<{
      /**
       * API group. Defaults to the core group.
       *
       * @visibility backend
       */
      group?: string;
      /**
       * As Kubernetes writes it, for example `TaskRun`.
       *
       * @visibility backend
       */
      kind: string;
      /**
       * As in the API's path, for example `taskruns`.
       *
       * @visibility backend
       */
      plural: string;
      /**
       * Versions that the paths below fit, preferred first.
       *
       * @visibility backend
       */
      versions: string[];
      /**
       * Defaults to true.
       *
       * @visibility backend
       */
      namespaced?: boolean;
      /**
       * Where its objects show. Defaults to `workloads`.
       *
       * @visibility backend
       */
      area?: 'workloads' | 'alerts' | 'certificates' | 'delivery' | 'backups';
      /**
       * Path of the word that tells the phase, for example `status.phase`. Needs `phases`.
       *
       * @visibility backend
       */
      phase?: string;
      /**
       * Which words of the phase mean which health. A word that is not listed is `unknown`.
       */
      phases?: {
        /** @visibility backend */
        healthy?: string[];
        /** @visibility backend */
        suspended?: string[];
        /** @visibility backend */
        progressing?: string[];
        /** @visibility backend */
        unknown?: string[];
        /** @visibility backend */
        warning?: string[];
        /** @visibility backend */
        degraded?: string[];
        /** @visibility backend */
        critical?: string[];
      };
      /** What conditions mean; the first match wins, before `phases`. */
      conditions?: Array<{
        /** @visibility backend */
        type: string;
        /** @visibility backend */
        status: 'True' | 'False' | 'Unknown';
        /**
         * Defaults to any reason.
         *
         * @visibility backend
         */
        reason?: string;
        /** @visibility backend */
        health:
          | 'healthy'
          | 'suspended'
          | 'progressing'
          | 'unknown'
          | 'warning'
          | 'degraded'
          | 'critical';
      }>;
      /**
       * Path of the sentence to show, for example `status.message`. Defaults to the condition's message.
       *
       * @visibility backend
       */
      message?: string;
    }>;

    logs?: {
      /**
       * How many times a minute one user may load logs or events. From 1 to 1000, defaults to 30.
       *
       * @visibility backend
       */
      requestsPerMinute?: number;
    };

    metrics?: {
      /**
       * Whether `/api/day2/metrics` tells of the Node.js process too. Defaults to false.
       *
       * @visibility backend
       */
      process?: boolean;
    };
  };
}
