import { expect, test } from '@playwright/test';
import { enter } from '../support/enter';
import { operationsOf, rowOf, wholeFleet } from '../support/fleet';

test('somebody who sees what he owns sees nothing else of the fleet', async ({
  page,
}) => {
  await enter(page, { as: 'skillforge', at: wholeFleet });
  await expect(page.getByText(/of 5 services need attention/)).toBeVisible();
  await expect(page.getByText('1–5 of 5')).toBeVisible();
  const services = page
    .getByRole('table', { name: 'Services, worst first' })
    .locator('tbody tr');
  await expect(services).toHaveCount(5);
  await expect(services.filter({ hasText: 'skillforge-' })).toHaveCount(5);

  for (const [filter, only] of [
    ['System', 'skillforge'],
    ['Owner', 'skillforge'],
  ]) {
    await page.getByRole('button', { name: filter, exact: true }).click();
    const choice = page.getByRole('dialog', { name: filter });
    await expect(choice.getByRole('checkbox')).toHaveCount(1);
    await expect(choice).toContainText(`${only} (5)`);
    await page.keyboard.press('Escape');
  }

  await page.goto(`${wholeFleet}&q=gsv`);
  await expect(page.getByText('No service matches')).toBeVisible();
  await expect(rowOf(page, 'gsv-api')).toHaveCount(0);

  await page.goto('/day2/clusters');
  await expect(page.getByText('You may not see this')).toBeVisible();
  await expect(page.getByRole('region', { name: 'Production' })).toHaveCount(0);
});

test('the tab of an entity that one may not see is not there', async ({
  page,
}) => {
  await enter(page, { as: 'skillforge', at: operationsOf('gsv-api') });
  const foreign = page.getByRole('main').or(page.locator('body')).first();
  await expect(page.getByText('Entity not found')).toBeVisible();
  await expect(foreign).not.toContainText('Workloads');

  await page.goto(operationsOf('no-such-thing'));
  await expect(page.getByText('Entity not found')).toBeVisible();

  await page.goto(operationsOf('skillforge-api'));
  await expect(page.getByRole('region', { name: 'Workloads' })).toBeVisible();
});
