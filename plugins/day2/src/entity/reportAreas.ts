import {
  Area,
  areas,
  Item,
  ServiceReport,
  sortRank,
} from '@day2ops/backstage-plugin-day2-common';

type ReportArea = ServiceReport['areas'][number];

/** One area over all environments: what its worst part says, and everything in it. */
export interface AreaSummary {
  area: Area;
  health: Item['health'];
  lastKnown?: Item['lastKnown'];
  /** The worst item; absent when the area is judged without one. */
  worst?: Item;
  reason: string;
  since: string | null;
  items: readonly Item[];
}

type Ranked = Pick<Item, 'health' | 'since'> & {
  lastKnown?: Pick<NonNullable<Item['lastKnown']>, 'health'>;
};

/** Worst first; of equals the one that began first. What was bad when sight was lost sorts where it was. */
export function worstFirst(a: Ranked, b: Ranked): number {
  return (
    sortRank(b.health, b.lastKnown?.health) -
      sortRank(a.health, a.lastKnown?.health) ||
    (a.since ?? '').localeCompare(b.since ?? '')
  );
}

/** The areas of a report, worst first. */
export function areasWorstFirst(report: ServiceReport): AreaSummary[] {
  return areas
    .map(area => report.areas.filter(each => each.area === area))
    .filter(parts => parts.length > 0)
    .map(summarize)
    .sort(worstFirst);
}

/** One area of a report; `undefined` when it does not apply. */
export function areaOf(
  report: ServiceReport,
  area: Area,
): AreaSummary | undefined {
  const parts = report.areas.filter(each => each.area === area);
  return parts.length > 0 ? summarize(parts) : undefined;
}

function summarize(parts: ReportArea[]): AreaSummary {
  const [worstPart] = [...parts].sort(worstFirst);
  const items = parts.flatMap(part => part.items).sort(worstFirst);
  const { area, health, lastKnown, reason, since } = worstPart;
  return { area, health, lastKnown, reason, since, items, worst: items[0] };
}

/** The oldest look at any of them: a page is as old as its oldest part. */
export function oldestObservation(items: readonly Item[]): string | undefined {
  const times = items
    .map(item => item.observedAt)
    .filter((at): at is string => at !== null)
    .sort();
  return times[0];
}
