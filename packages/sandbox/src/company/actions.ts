import type { AdminAction } from '../adminServer';
import type { Company, CompanyCluster } from './company';
import { TroubleError, TROUBLES } from './trouble';
import type { ClusterName } from './types';
import { CLUSTER_NAMES } from './types';

function textOf(input: Record<string, unknown>, field: string): string {
  const value = input[field];
  if (typeof value !== 'string' || !value || value.length > 253) {
    throw new TroubleError(`${field} is missing`);
  }
  return value;
}

function clusterOf(
  company: Company,
  input: Record<string, unknown>,
): CompanyCluster {
  const wanted = textOf(input, 'cluster');
  const name = CLUSTER_NAMES.find(candidate => candidate === wanted);
  if (name) return company.clusters[name];
  throw new TroubleError(
    `There is no cluster ${wanted}, but ${CLUSTER_NAMES.join(' and ')}`,
  );
}

function workloadOf(input: Record<string, unknown>) {
  return {
    namespace: textOf(input, 'namespace'),
    name: textOf(input, 'workload'),
  };
}

/** What `yarn sandbox` asks of a running sandbox, by name of the action. */
export function sandboxActions(company: Company): Record<string, AdminAction> {
  return {
    break(input) {
      const as = textOf(input, 'as');
      const trouble = TROUBLES.find(candidate => candidate === as);
      if (!trouble) {
        throw new TroubleError(
          `Cannot break a workload as ${as}, but as ${TROUBLES.join(', ')}`,
        );
      }
      clusterOf(company, input).hand.break(workloadOf(input), trouble);
    },
    mend(input) {
      clusterOf(company, input).hand.mend(workloadOf(input));
    },
    scale(input) {
      const replicas = Number(input.replicas);
      clusterOf(company, input).hand.scale(workloadOf(input), replicas);
    },
    deploy(input) {
      const image = textOf(input, 'image');
      clusterOf(company, input).hand.deploy(workloadOf(input), image);
    },
    list(input) {
      const names: readonly ClusterName[] =
        input.cluster === undefined
          ? CLUSTER_NAMES
          : CLUSTER_NAMES.filter(
              name => company.clusters[name] === clusterOf(company, input),
            );
      return names.flatMap(cluster =>
        company.clusters[cluster].hand
          .list()
          .map(state => ({ cluster, ...state })),
      );
    },
  };
}
