import { Evidence } from '@day2ops/backstage-plugin-day2-common';
import {
  conditionEvidence,
  Judgement,
} from '@day2ops/backstage-plugin-day2-node';
import { podEvidence } from '../pods/podEvidence';
import { settledAt } from './judgeUnseen';
import { imagesLabel } from './pruneTemplate';
import { WorkloadView } from './viewWorkload';

/** Adds to a verdict what a page shows beside it, what runs, and when time alone may change it. */
export function withWorkload(
  judgement: Judgement,
  view: WorkloadView,
  extra: { change?: Evidence['change']; facts?: Evidence['facts'] } = {},
): Judgement {
  const { fields, findings, newest, now } = view;
  const conditions = conditionEvidence(fields.conditions);
  const shown = findings.filter(
    ({ live, reason }) => live || /Terminating$/.test(reason),
  );
  const facts = [...leftOver(view), ...(extra.facts ?? [])];
  const dueTimes = [
    judgement.dueAt,
    settledAt(view),
    ...findings.map(({ dueAt }) => dueAt),
  ]
    .filter(time => time !== undefined)
    .filter(time => time > now);
  const images = fields.template.containers.map(({ image }) => image);
  return {
    ...judgement,
    dueAt: dueTimes.length > 0 ? Math.min(...dueTimes) : undefined,
    ...(newest && { revision: { id: newest, label: imagesLabel(images) } }),
    evidence: {
      ...(shown.length > 0 && { pods: podEvidence(shown, fields.desired) }),
      resources: resources(view),
      ...(extra.change && { change: extra.change }),
      ...(conditions && { conditions }),
      ...(facts.length > 0 && { facts }),
      ...judgement.evidence,
    },
  };
}

function resources({ fields }: WorkloadView): Evidence['resources'] {
  return fields.template.containers.map(
    ({ name, image, requests, limits }) => ({
      container: name,
      image,
      requests: { ...requests },
      limits: { ...limits },
    }),
  );
}

function leftOver({
  findings,
}: WorkloadView): { label: string; value: string }[] {
  const counts = new Map<string, number>();
  for (const { live, reason } of findings) {
    if (!live && !/Terminating$/.test(reason)) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  return [...counts].map(([reason, count]) => ({
    label: 'Pods left over',
    value: `${count} ${reason}`,
  }));
}
