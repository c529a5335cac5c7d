import { readySince } from '../Pod/podTimes';
import { WorkloadView } from './viewWorkload';

/** When a pod last became ready or stopped being so; `undefined` when no pod says. */
export function lastReadyChange({ live }: WorkloadView): number | undefined {
  const times = live
    .map(({ record }) => readySince(record.fields))
    .filter(time => time !== undefined);
  return times.length > 0 ? Math.max(...times) : undefined;
}
