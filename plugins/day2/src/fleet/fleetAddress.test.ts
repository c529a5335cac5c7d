import { healths } from '@day2ops/backstage-plugin-day2-common';
import {
  notHealthy,
  parseFleetAddress,
  writeFleetAddress,
} from './fleetAddress';
import { movedRows, steadyRows } from './useSteadyRows';

const parse = (text: string) => parseFleetAddress(new URLSearchParams(text));

describe('the address of the fleet', () => {
  it('has a meaning when it says nothing, and then stays empty', () => {
    const bare = parse('');
    expect(bare).toMatchObject({
      health: undefined,
      environment: undefined,
      mine: undefined,
      sort: 'health',
      limit: 15,
      at: 1,
    });
    expect(writeFleetAddress(bare).toString()).toBe('');
    const notWell = { ...bare, health: notHealthy };
    expect(writeFleetAddress(notWell).toString()).toBe('');
  });

  it.each([
    'health=degraded%2Ccritical&q=api&mine=1&sort=since&limit=50',
    'health=*&environment=*&area=workloads&cluster=staging',
    'system=system%3Adefault%2Fa&owner=group%3Adefault%2Fb&mine=0&cursor=abc&at=16',
  ])('is read as it was written: %s', text => {
    const written = writeFleetAddress(parse(text));
    expect(Object.fromEntries(written)).toEqual(
      Object.fromEntries(new URLSearchParams(text)),
    );
  });

  it('reads exceptions, everything, and takes nonsense for nothing said', () => {
    expect(parse('health=!healthy,!suspended').health).toEqual(
      healths.filter(each => each !== 'healthy' && each !== 'suspended'),
    );
    expect(parse('health=*').health).toEqual(healths);
    expect(parse('environment=*').environment).toEqual([]);
    expect(
      parse('health=purple&sort=colour&limit=7000&at=-3&area=moon'),
    ).toEqual(parse(''));
    expect(parse(`cluster=${'a,'.repeat(200)}`).cluster).toHaveLength(50);
  });
});

describe('rows that a person looks at', () => {
  const keyOf = ([key]: string) => key;

  it('change in place; what is new comes last, what left stays', () => {
    const rows = steadyRows({
      shown: ['a1', 'b1', 'c1'],
      next: ['c2', 'd1', 'a2'],
      keyOf,
    });
    expect(rows).toEqual(['a2', 'b1', 'c2', 'd1']);
    expect(movedRows(rows.map(keyOf), ['c', 'd', 'a'])).toBe(4);
    expect(movedRows(['a', 'b'], ['a', 'b'])).toBe(0);
  });
});
