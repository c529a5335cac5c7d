import { ObjectRecord } from '@day2ops/backstage-plugin-day2-node';
import { NodeFields } from '../Node/node';

/** Kubelets may be this many minor versions older than the API server, and never newer. */
const MAX_OLDER = 3;

/**
 * Says which kubelet breaks the policy of https://kubernetes.io/releases/version-skew-policy/#kubelet; `undefined` when
 * none does, or versions cannot be read.
 */
export function describeSkew(
  version: string | undefined,
  nodes: readonly ObjectRecord<NodeFields>[],
): { message: string; params: Record<string, string | number> } | undefined {
  const server = readMinor(version);
  if (server === undefined) {
    return undefined;
  }
  const wrong = nodes.filter(({ fields }) => {
    const kubelet = readMinor(fields.kubelet);
    return (
      kubelet !== undefined &&
      (kubelet > server || server - kubelet > MAX_OLDER)
    );
  });
  if (wrong.length === 0) {
    return undefined;
  }
  const [{ head, fields }] = wrong;
  const newer = (readMinor(fields.kubelet) ?? 0) > server;
  const others = wrong.length > 1 ? ` and ${wrong.length - 1} more nodes` : '';
  return {
    message: `Versions do not fit: \`${head.name}\`${others} at ${
      fields.kubelet
    }, the API server at ${version}, ${
      newer ? 'which may not be older' : `${MAX_OLDER} minors apart at most`
    }.`,
    params: {
      server: version ?? '',
      kubelet: fields.kubelet,
      nodes: wrong.length,
    },
  };
}

/** Of `v1.36.3+k3s1` the 36. Major versions other than 1 do not exist. */
function readMinor(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d{1,3})(?:\D|$)/.exec(version ?? '')?.[1];
  return minor === undefined ? undefined : Number(minor);
}
