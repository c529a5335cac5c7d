import { itemsOf, Reader } from './createReader';
import { waitFor } from './waitFor';

/** Waits until something of a service has this reason; returns the milliseconds that passed. */
export async function waitUntilBroken(
  reader: Reader,
  expected: { ref: string; reason: string },
): Promise<number> {
  const { ms } = await waitFor(
    async () => {
      const items = itemsOf(await reader.report(expected.ref));
      expect(items.map(({ reason }) => reason)).toContain(expected.reason);
    },
    { seconds: 120 },
  );
  return ms;
}

/** What stands of each item of the fleet, by id. */
export async function verdicts(reader: Reader) {
  const { items, totalItems } = await reader.items();
  expect(items).toHaveLength(totalItems);
  return new Map(
    items.map(({ id, name, health, reason, since }) => [
      id,
      { name, verdict: `${health} ${reason}`, since },
    ]),
  );
}
