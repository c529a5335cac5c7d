import { NotFoundError } from '@backstage/errors';
import { builtInSources } from '../sources';
import { runJudge } from './runJudge';

async function run(files: Record<string, string>, ...args: string[]) {
  const written = { out: '', error: '' };
  const code = await runJudge(args, {
    sources: builtInSources,
    io: {
      read: async file => {
        if (!(file in files)) {
          throw new NotFoundError(`no such file ${file}`);
        }
        return files[file];
      },
      out: text => {
        written.out += text;
      },
      error: text => {
        written.error += text;
      },
      now: () => Date.parse('2026-11-21T03:07:00Z'),
    },
  });
  const lines = written.out.split('\n').filter(line => line.startsWith('{'));
  return { code, ...written, lines: lines.map(line => JSON.parse(line)) };
}

const deployment = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'api', namespace: 'shop', generation: 1 },
  spec: {
    replicas: 1,
    template: { spec: { containers: [{ name: 'api', image: 'api:1' }] } },
  },
  status: {
    observedGeneration: 1,
    replicas: 1,
    updatedReplicas: 1,
    readyReplicas: 1,
    availableReplicas: 1,
  },
};
const owned = (kind: string, owner: string, name: string) => ({
  apiVersion: kind === 'Pod' ? 'v1' : 'apps/v1',
  kind,
  metadata: {
    name,
    namespace: 'shop',
    // Written by hand: owners are named, and nothing has a UID.
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: owner, name: 'api', controller: true },
    ],
  },
});
const pod = {
  ...owned('Pod', 'ReplicaSet', 'api-x'),
  status: {
    phase: 'Running',
    conditions: [
      {
        type: 'Ready',
        status: 'False',
        lastTransitionTime: '2026-11-21T03:00:00Z',
      },
    ],
    containerStatuses: [
      {
        name: 'api',
        ready: false,
        restartCount: 4,
        state: { waiting: { reason: 'CrashLoopBackOff' } },
        lastState: { terminated: { exitCode: 1, reason: 'Error' } },
      },
    ],
  },
};
const replicaSet = {
  ...owned('ReplicaSet', 'Deployment', 'api'),
  spec: { replicas: 1 },
  status: { replicas: 1, readyReplicas: 1, observedGeneration: 1 },
};

describe('yarn judge', () => {
  it('judges related objects together, one line each, in order', async () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [pod, deployment, replicaSet],
    };
    const { code, lines, error } = await run(
      { '-': JSON.stringify(list) },
      '-',
    );
    expect({ code, error }).toEqual({ code: 0, error: '' });
    expect(
      lines.map(({ kind, health, reason }) => [kind, health, reason]),
    ).toEqual([
      ['Pod', 'degraded', 'CrashLoopBackOff'],
      ['Deployment', 'critical', 'CrashLoopBackOff'],
      ['ReplicaSet', 'critical', 'CrashLoopBackOff'],
    ]);
    expect(Object.keys(lines[1])).toEqual([
      'apiVersion',
      'kind',
      'namespace',
      'name',
      'health',
      'reason',
      'message',
    ]);
  });

  it('judges a workload from its own status when its pods are not in the file', async () => {
    const { lines } = await run({ f: JSON.stringify(deployment) }, 'f');
    expect(lines).toEqual([
      {
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        namespace: 'shop',
        name: 'api',
        health: 'healthy',
        reason: 'Available',
        message: '1 of 1 pod is ready.',
      },
    ]);
  });

  it('gives a line to what is no object, and never calls the unclear healthy', async () => {
    const content =
      'foo: 1\n---\napiVersion: v1\nkind: Secret\nmetadata: { name: s }\ndata: { p: eA== }\n';
    const { code, lines } = await run({ f: content }, 'f');
    expect(code).toBe(0);
    expect(lines).toMatchObject([
      {
        kind: '',
        name: '',
        namespace: null,
        health: 'unknown',
        reason: 'SourceError',
      },
      { kind: 'Secret', name: 's', health: 'unknown', reason: 'Unclear' },
    ]);
  });

  it('judges as of --now', async () => {
    const cronJob = {
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'c', creationTimestamp: '2026-11-01T00:00:00Z' },
      spec: { schedule: '0 2 * * *', jobTemplate: {} },
      status: {
        lastScheduleTime: '2026-11-20T02:00:00Z',
        lastSuccessfulTime: '2026-11-20T02:01:00Z',
      },
    };
    const files = { f: JSON.stringify(cronJob) };
    const then = await run(files, 'f', '--now', '2026-11-20T03:00:00Z');
    const later = await run(files, 'f', '--now=2026-11-25T03:00:00Z');
    expect([then.lines[0].health, later.lines[0].health]).toEqual([
      'healthy',
      'degraded',
    ]);
  });

  it('judges kinds that only app-config describes', async () => {
    const config = `
app: { baseUrl: '\${NOT_HERE}' }
day2:
  kinds:
    - group: orchestrator.io
      kind: TaskRun
      plural: taskruns
      versions: [v1]
      phase: status.phase
      phases: { healthy: [Succeeded], progressing: [Pending, Running], degraded: [Failed] }
      message: status.message
`;
    const task = (phase: string) =>
      `---\napiVersion: orchestrator.io/v1\nkind: TaskRun\nmetadata: { name: t }\nstatus: { phase: ${phase}, message: Agent ran out of turns. }\n`;
    const { lines, error } = await run(
      { 'app.yaml': config, f: task('Failed') + task('Running') + task('Odd') },
      'f',
      '--config',
      'app.yaml',
    );
    expect(error).toBe('');
    expect(
      lines.map(({ health, reason, message }) => [health, reason, message]),
    ).toEqual([
      ['degraded', 'Failed', 'Its phase is Failed: Agent ran out of turns.'],
      [
        'progressing',
        'Running',
        'Its phase is Running: Agent ran out of turns.',
      ],
      [
        'unknown',
        'Unclear',
        'Its phase is Odd, which app-config does not list.',
      ],
    ]);
  });

  it.each([
    [['f'], 1, /judge: f, document 1, line 2: /],
    [['-'], 1, /judge: standard input cannot be read: /],
    [['f', '--config', 'none'], 1, /judge: none cannot be read: /],
    [[], 2, /Name one file/],
    [['f', '--now', 'yesterday'], 2, /RFC 3339/],
    [['f', '--verbose'], 2, /--verbose/],
  ])('fails for %j with %d', async (args, code, message) => {
    const result = await run({ f: 'a: 1\nb: [' }, ...args);
    expect(result).toMatchObject({ code, out: '' });
    expect(result.error).toMatch(message);
  });
});
