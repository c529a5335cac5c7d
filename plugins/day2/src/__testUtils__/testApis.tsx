import axe from 'axe-core';
import { day2ApiRef, Day2Api } from '../api/types';
import { LiveQueries, liveQueriesApiRef } from '../live/LiveQueries';
import { FakeDay2Api } from '../__fixtures__/FakeDay2Api';

/** The APIs that our bodies need, answering from fixtures. */
export function testApis(api: Day2Api = new FakeDay2Api()) {
  return [
    [day2ApiRef, api],
    [liveQueriesApiRef, new LiveQueries()],
  ] as const;
}

/** What axe finds wrong with an element: WCAG 2.1 A and AA and best practice, but for colours, which jsdom has not. */
export async function findA11yProblems(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, {
    rules: {
      'color-contrast': { enabled: false },
      // Bodies stand in a page that has them.
      region: { enabled: false },
      'page-has-heading-one': { enabled: false },
    },
  });
  return violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes.map(node => node.html).join(' | ')}`,
  );
}
