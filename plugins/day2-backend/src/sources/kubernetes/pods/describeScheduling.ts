import { closeSentence, shorten } from '@day2ops/backstage-plugin-day2-node';
import { SchedulingFields } from '../Pod/types';

/** Why nodes were left out, as the scheduler's plugins word it; the first that matches counts. */
const causes: readonly (readonly [RegExp, string])[] = [
  [/unbound immediate PersistentVolumeClaims/i, 'a claim is not bound'],
  [/persistentvolumeclaim .* not found/i, 'a claim does not exist'],
  [/volume node affinity conflict/i, 'its volume is elsewhere'],
  [
    /affinity\/selector|node selector|node affinity/i,
    'selector does not match',
  ],
  [/anti-affinity|affinity rules/i, 'affinity rules'],
  [/topology spread/i, 'spread rules'],
  [/unschedulable/i, 'cordoned'],
  [/taint/i, 'taints'],
  [/free ports/i, 'port is taken'],
  [/too many pods/i, 'no room for more pods'],
];

/** What the scheduler says, in words: `A pod fits on none of 6 nodes (needs 8Gi memory): too little memory on 6.` */
export function describeScheduling(scheduling: SchedulingFields): {
  message: string;
  nodes: number | undefined;
  needs: string;
} {
  const match =
    /0\/(\d+) nodes are available:?\s*([^]*?)(?:\.\s*(?:preemption|no new claims)|\.?\s*$)/.exec(
      scheduling.message,
    );
  if (!match) {
    const why = scheduling.message;
    return {
      message: `A pod cannot be placed on a node${
        why ? `: ${closeSentence(why, 80)}` : '.'
      }`,
      nodes: undefined,
      needs: '',
    };
  }
  const nodes = Number(match[1]);
  const lacking = new Set<string>();
  const reasons = match[2].split(/,\s+(?=\d)/).flatMap(part => {
    const counted = /^(\d+)\s+(.*)$/s.exec(part.trim());
    const text = counted ? counted[2] : part.trim();
    const resource = /^Insufficient (\S+?)\.?$/.exec(text)?.[1];
    if (resource) {
      lacking.add(resource);
    }
    const words = resource ? `too little ${resource}` : causeOf(text);
    return words ? [counted ? `${words} on ${counted[1]}` : words] : [];
  });
  const needs = [...lacking]
    .filter(resource => scheduling.requests[resource])
    .map(resource => `${scheduling.requests[resource]} ${resource}`)
    .join(', ');
  const fits = `A pod fits on none of ${nodes} nodes${
    needs ? ` (needs ${needs})` : ''
  }`;
  return {
    message: `${fits}${
      reasons.length > 0 ? `: ${reasons.slice(0, 3).join(', ')}.` : '.'
    }`,
    nodes,
    needs,
  };
}

function causeOf(text: string): string {
  const known = causes.find(([pattern]) => pattern.test(text));
  return known ? known[1] : shorten(text, 40);
}
