import type { Behaviour } from '../behaviours';
import type { ContainerPlan } from './containerRunner';
import type { Fields } from '../fields';

const OOM_RUN_MS = [90_000, 400_000] as const;
const CRASH_RUN_MS = [2_000, 9_000] as const;
const JOB_RUN_MS = [8_000, 20_000] as const;

/** What a plan depends on beside the behaviour. */
export interface PlanFacts {
  container: Fields;
  /** The first main container is the one that misbehaves when none is named. */
  isMain: boolean;
  isJob: boolean;
  /** Milliseconds since the epoch. */
  podCreatedAt: number;
  /** How many pods of the workload are older. */
  rank(): number;
  random(): number;
}

function between([low, high]: readonly [number, number], random: () => number) {
  return Math.round(low + (high - low) * random());
}

/** Time from start to the first passed readiness probe. */
function probeDelay({ container, random }: PlanFacts): number {
  const probe = container.readinessProbe;
  if (!probe) return 0;
  const initial = (probe.initialDelaySeconds ?? 0) * 1000;
  return initial + between([1_200, 3_500], random);
}

function jobPlan(behaviour: Behaviour, facts: PlanFacts): ContainerPlan {
  const { random } = facts;
  if (behaviour.as === 'hangJob') return { pullable: true, readyAfterMs: 0 };
  if (behaviour.as === 'failJob') {
    return {
      pullable: true,
      readyAfterMs: 0,
      end: {
        afterMs: between(behaviour.runMs ?? JOB_RUN_MS, random),
        exitCode: behaviour.exitCode ?? 1,
        reason: 'Error',
      },
    };
  }
  const run = behaviour.as === 'job' ? behaviour.runMs : JOB_RUN_MS;
  return {
    pullable: true,
    readyAfterMs: 0,
    end: { afterMs: between(run, random), exitCode: 0, reason: 'Completed' },
  };
}

function concerns(
  behaviour: Behaviour,
  { container, isMain, rank }: PlanFacts,
): boolean {
  if ('pods' in behaviour && behaviour.pods !== undefined) {
    if (rank() >= behaviour.pods) return false;
  }
  if ('container' in behaviour && behaviour.container) {
    return behaviour.container === container.name;
  }
  return isMain;
}

/** The next stretch of a container's life. */
export function planFor(behaviour: Behaviour, facts: PlanFacts): ContainerPlan {
  const { container, random } = facts;
  const fine: ContainerPlan = {
    pullable: true,
    readyAfterMs: probeDelay(facts),
  };
  if (behaviour.as === 'imagePull') {
    const missing = behaviour.image
      ? behaviour.image === container.image
      : facts.isMain;
    if (missing) return { ...fine, pullable: false };
    return facts.isJob ? jobPlan(behaviour, facts) : fine;
  }
  if (!concerns(behaviour, facts)) {
    return facts.isJob ? jobPlan({ as: 'healthy' }, facts) : fine;
  }
  switch (behaviour.as) {
    case 'crashLoop':
      return {
        pullable: true,
        readyAfterMs: undefined,
        end: {
          afterMs: between(behaviour.runMs ?? CRASH_RUN_MS, random),
          exitCode: behaviour.exitCode ?? 1,
          reason: 'Error',
        },
      };
    case 'oom':
      return {
        ...fine,
        end: {
          afterMs: between(behaviour.runMs ?? OOM_RUN_MS, random),
          exitCode: 137,
          reason: 'OOMKilled',
        },
      };
    case 'unready':
      return { pullable: true };
    case 'hang':
      return facts.podCreatedAt >= behaviour.since ? { pullable: true } : fine;
    case 'slowStart':
      return { pullable: true, readyAfterMs: behaviour.delayMs };
    default:
      return facts.isJob ? jobPlan(behaviour, facts) : fine;
  }
}
