import {
  createReader,
  people,
  Reader,
  waitUntilJudged,
} from './support/createReader';
import { dumpDatabases } from './support/dumpDatabases';
import {
  companyServices,
  SandboxPortal,
  startSandboxPortal,
} from './support/startSandboxPortal';
import { verdicts, waitUntilBroken } from './support/verdicts';

jest.setTimeout(240_000);

const broken = { namespace: 'gsv-prod', name: 'gsv-portal' };
const other = { namespace: 'platform-go', name: 'platform-go-api' };
const brokenRef = 'component:default/gsv-portal';
const otherRef = 'component:default/platform-go-api';

/** Workloads of the company that turn better and worse by themselves, also while nobody looks. */
const restless = ['gsv-api', 'service-discovery-controller'];

describe('a backend that is killed', () => {
  let portal: SandboxPortal;

  beforeAll(async () => {
    portal = await startSandboxPortal();
  });

  afterAll(() => portal?.close());

  async function read() {
    const reader = await createReader({
      url: portal.backend.url,
      person: people.mara,
    });
    await waitUntilJudged(reader, { services: companyServices, seconds: 90 });
    return reader;
  }

  it('invents nothing when it is back, and tells what it missed', async () => {
    const { sandbox } = portal;
    const first = await read();
    sandbox.break('production', broken, 'unready');
    await waitUntilBroken(first, {
      ref: brokenRef,
      reason: 'ReadinessFailing',
    });
    const before = await verdicts(first);
    const history = transitions(portal);
    expect(namesOf(history)).toEqual(['gsv-portal']);

    await portal.backend.end('SIGKILL');
    sandbox.break('production', other, 'imagePull');
    await portal.start();
    const second = await read();
    await waitUntilBroken(second, {
      ref: otherRef,
      reason: 'ImagePullBackOff',
    });

    const after = await verdicts(second);
    const changed = (id: string) =>
      before.get(id)?.verdict !== after.get(id)?.verdict;
    const calm = [...before.keys()].filter(
      id => !restless.includes(before.get(id)?.name ?? ''),
    );
    const moved = calm.filter(
      id => !changed(id) && before.get(id)?.since !== after.get(id)?.since,
    );
    expect(moved).toEqual([]);
    const others = calm
      .filter(changed)
      .map(id => before.get(id)?.name)
      .filter(name => name !== 'platform-go-api');
    expect(others).toEqual([]);

    const grown = transitions(portal);
    expect(grown.slice(0, history.length)).toEqual(history);
    const fresh = grown.slice(history.length);
    expect(namesOf(fresh)).toEqual(['platform-go-api']);
    const spans = await brokenSpans(second, brokenRef);
    expect(spans).toHaveLength(1);
  });
});

function transitions(portal: SandboxPortal) {
  const rows = dumpDatabases(portal.folder).get('day2/transitions') ?? [];
  return rows
    .map(row => JSON.parse(row))
    .filter(({ name }) => !restless.includes(name));
}

function namesOf(rows: { name: string }[]) {
  return [...new Set(rows.map(({ name }) => name))];
}

async function brokenSpans(reader: Reader, ref: string) {
  const { lanes } = await reader.timeline(ref);
  return lanes
    .flatMap(({ spans }) => spans)
    .filter(({ health }) => health === 'degraded' || health === 'critical');
}
