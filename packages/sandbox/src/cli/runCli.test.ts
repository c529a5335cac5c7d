import type { AdminClient } from './adminClient';
import { runCli, USAGE } from './runCli';

function setUp(fail?: string) {
  const said: string[] = [];
  const complaints: string[] = [];
  const asked: unknown[] = [];
  const note = async (...what: unknown[]) => {
    if (fail) throw new Error(fail);
    asked.push(what);
  };
  const client: AdminClient = {
    act: (action, input) => note(action, input),
    setFault: (cluster, fault) => note('fault', cluster, fault),
    clearFaults: cluster => note('clear', cluster),
    clusters: async () => [
      { name: 'production', faults: [], requests: 12 },
      { name: 'staging', faults: [{ kind: 'cut' }], requests: 3 },
    ],
    workloads: async () => [
      {
        cluster: 'production',
        kind: 'Deployment',
        namespace: 'gsv-prod',
        name: 'gsv-api',
        ready: 1,
        wanted: 3,
        behaviour: 'oom',
      },
    ],
  };
  const run = (line: string) =>
    runCli({
      args: line.split(' ').filter(Boolean),
      env: { DAY2_HOME: '/nowhere' },
      say: text => said.push(text),
      complain: text => complaints.push(text),
      client: () => client,
    });
  return { run, said, complaints, asked };
}

describe('runCli', () => {
  it.each([
    [
      'break production/gsv-prod/gsv-api --as oom',
      [
        'break',
        {
          cluster: 'production',
          namespace: 'gsv-prod',
          workload: 'gsv-api',
          as: 'oom',
        },
      ],
    ],
    [
      'scale staging/a/b --replicas 3',
      [
        'scale',
        { cluster: 'staging', namespace: 'a', workload: 'b', replicas: 3 },
      ],
    ],
    [
      'deploy staging/a/b --image x:2',
      [
        'deploy',
        { cluster: 'staging', namespace: 'a', workload: 'b', image: 'x:2' },
      ],
    ],
    ['cut staging', ['fault', 'staging', { kind: 'cut' }]],
    ['cut staging --hang', ['fault', 'staging', { kind: 'hang' }]],
    ['cut staging --slow 800', ['fault', 'staging', { kind: 'slow', ms: 800 }]],
    [
      'cut staging --as gone --resource pods --requests 2',
      ['fault', 'staging', { kind: 'gone', plural: 'pods', requests: 2 }],
    ],
    ['join staging', ['clear', 'staging']],
  ])('%s', async (line, expected) => {
    const { run, asked, complaints } = setUp();
    expect(await run(line)).toBe(0);
    expect(complaints).toEqual([]);
    expect(asked).toEqual([expected]);
  });

  it('says how things stand', async () => {
    const { run, said } = setUp();
    await run('status');
    await run('list');
    await run('--help');
    expect(said).toEqual([
      'production: answers, 12 requests so far',
      'staging: {"kind":"cut"}, 3 requests so far',
      'production/gsv-prod/gsv-api Deployment 1/3 oom',
      USAGE,
    ]);
  });

  it.each([
    ['break production/gsv-api --as oom', 'is not CLUSTER/NAMESPACE/WORKLOAD'],
    ['break production/a/b', '--as crashLoop|oom'],
    ['scale a/b/c --replicas many', '--replicas must be a whole number'],
    ['cut staging --hang --as gone', 'exclude each other'],
    ['explode', 'Cannot explode'],
    ['cut staging --loud', "Unknown option '--loud'"],
  ])('does not guess at: %s', async (line, why) => {
    const { run, asked, complaints } = setUp();
    expect(await run(line)).toBe(2);
    expect(complaints[0]).toContain(why);
    expect(asked).toEqual([]);
  });

  it('passes on what the sandbox refuses', async () => {
    const { run, complaints } = setUp('There is no cluster prod');
    expect(await run('join prod')).toBe(1);
    expect(complaints).toEqual(['There is no cluster prod']);
  });
});
