import path from 'node:path';
import {
  JudgedObject,
  judgeFixture,
  readFixture,
} from '@day2ops/backstage-plugin-day2-node';
import { kubernetesSource } from '../kubernetesSource';

/** Judges the fixture `<Kind>/__fixtures__/<name>.yaml`, at another time when one is given. */
export function judgeNamed(
  kind: string,
  name: string,
  options: { now?: string } = {},
): JudgedObject {
  const fixture = readFixture(path.resolve(__dirname, '..'), { kind, name });
  const now = options.now ? Date.parse(options.now) : fixture.now;
  return judgeFixture({ ...fixture, now }, kubernetesSource);
}
