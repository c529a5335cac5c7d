import {
  Judgement,
  progressing,
  suspended,
  unknown,
} from '@day2ops/backstage-plugin-day2-node';
import { WorkloadView } from './viewWorkload';

/** Nothing is meant to run, or nobody has said what runs. */
export function judgeScale(view: WorkloadView): Judgement | undefined {
  const { fields, record } = view;
  if (!fields.hasStatus) {
    return unknown('Unclear', {
      message: 'Its controller has not reported on it yet.',
      since: record.head.createdAt,
    });
  }
  if (fields.desired > 0) {
    return undefined;
  }
  if (fields.current > 0) {
    return progressing('ScalingDown', {
      message: `Scales to zero: ${fields.current} ${
        fields.current === 1 ? 'pod is' : 'pods are'
      } left.`,
      params: { current: fields.current },
    });
  }
  return suspended('ScaledToZero', {
    message: 'Scaled to zero: no pod is meant to run.',
  });
}
