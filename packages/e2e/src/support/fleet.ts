import { Locator, Page } from '@playwright/test';

export const needsAttention = '/day2/needs-attention';

/** Everything, whatever its health and environment. */
export const wholeFleet = `${needsAttention}?environment=*&health=*&limit=50`;

export const operationsOf = (name: string) =>
  `/catalog/default/component/${name}/operations`;

/** The row of a service on Needs attention. */
export function rowOf(page: Page, name: string): Locator {
  return page
    .getByRole('table', { name: 'Services, worst first' })
    .getByRole('row')
    .filter({ has: page.getByRole('link', { name, exact: true }) });
}
