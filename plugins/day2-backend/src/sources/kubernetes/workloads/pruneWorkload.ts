import {
  at,
  count,
  map,
  pruneStatus,
  UntrustedObject,
} from '@day2ops/backstage-plugin-day2-node';
import { pruneTemplate } from './pruneTemplate';
import { WorkloadFields } from './types';

/** Paths below the object of the numbers that a workload counts its pods by. */
export interface CountPaths {
  desired: string;
  ready: string;
  available: string;
  updated: string;
  current: string;
}

/** What is kept of a workload; numbers of the wrong type are named in `malformed`. */
export function pruneWorkload(
  object: UntrustedObject,
  paths: CountPaths,
): WorkloadFields {
  const {
    observedGeneration,
    conditions,
    malformed = [],
  } = pruneStatus(object);
  const wrong = [...malformed];
  const read = (path: string, fallback: number) => {
    const value = at(object, ...path.split('.'));
    const number = count(value);
    if (value !== undefined && number === undefined) {
      wrong.push(path);
    }
    return number ?? fallback;
  };
  const inSpec = paths.desired.startsWith('spec.');
  return {
    hasStatus: Object.keys(map(at(object, 'status'))).length > 0,
    // An API server fills in 1; in a file it may be left out.
    desired: read(paths.desired, inSpec ? 1 : 0),
    ready: read(paths.ready, 0),
    available: read(paths.available, 0),
    updated: read(paths.updated, 0),
    current: read(paths.current, 0),
    minReadySeconds: read('spec.minReadySeconds', 0),
    template: pruneTemplate(at(object, 'spec', 'template')),
    ...(observedGeneration !== undefined && { observedGeneration }),
    ...(conditions && { conditions }),
    ...(wrong.length > 0 && { malformed: wrong }),
  };
}
