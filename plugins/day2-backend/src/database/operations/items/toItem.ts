import { Item } from '@day2ops/backstage-plugin-day2-common';
import { FullItemRow, ItemEntityRow } from '../../rows';
import { toMoment } from '../../wire';
import { Freshness } from '../freshness/read';
import { seenVerdict } from '../freshness/staleVerdict';

/** A stored item as the API shows it now. */
export function toItem(row: FullItemRow, freshness: Freshness): Item {
  const { lastKnown, lastContactAt, since, ...verdict } = seenVerdict(
    row,
    freshness,
  );
  const { flapping_times: times, flapping_since: flappingSince } = row;
  return {
    ...verdict,
    id: row.id,
    area: row.area,
    environment: row.environment,
    cluster: row.cluster,
    source: row.source,
    apiVersion: row.api_version,
    kind: row.kind,
    namespace: row.namespace,
    name: row.name,
    since: toMoment(since),
    sinceSource: lastKnown ? 'observed' : row.since_source,
    observedAt: toMoment(lastContactAt),
    ...(lastKnown && { lastKnown }),
    ...(times !== null &&
      flappingSince !== null && {
        flapping: { times, since: toMoment(flappingSince) },
      }),
    evidence: JSON.parse(row.evidence),
    links: JSON.parse(row.links),
  };
}

/** What joins an item to the entity that is looked at. */
export function linkFields(
  link: Pick<ItemEntityRow, 'proof' | 'unexpected_namespace'>,
  sharedWith: readonly string[],
): Pick<Item, 'proof' | 'sharedWith' | 'unexpectedNamespace'> {
  return {
    proof: link.proof,
    ...(sharedWith.length > 0 && { sharedWith: [...sharedWith] }),
    ...(link.unexpected_namespace && { unexpectedNamespace: true }),
  };
}
