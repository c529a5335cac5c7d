import { expect, test } from '@playwright/test';
import { enter } from '../support/enter';
import { rowOf, wholeFleet } from '../support/fleet';
import { sandbox } from '../support/sandbox';

// A cluster counts as silent after 90 s without a sign of it.
const silentAfter = { timeout: 150_000 };

test.afterEach(() => sandbox.join('staging'));

test('a lost cluster is said to be lost, nothing of it stays green, and it comes back', async ({
  page,
}) => {
  test.setTimeout(260_000);
  await enter(page, { as: 'platform', at: `${wholeFleet}&cluster=staging` });
  const row = rowOf(page, 'platform-go-redis');
  await expect(row).toContainText('Healthy');

  await sandbox.cut('staging');
  const banner = page
    .getByRole('status')
    .filter({ hasText: 'Cluster staging has not answered for' });
  await expect(banner).toBeVisible(silentAfter);
  await expect(banner).toContainText('never green');
  await expect(row).toContainText('Unknown · stale');
  await expect(row).not.toContainText('Healthy');

  await page.getByRole('link', { name: 'Cluster staging' }).click();
  const staging = page.getByRole('region', { name: 'Staging' });
  await expect(staging).toContainText('The API server does not answer');
  await expect(staging).not.toContainText('Healthy');
  await expect(
    page.getByRole('region', { name: 'Production' }),
  ).not.toContainText('does not answer');

  await sandbox.join('staging');
  await expect(staging).toContainText('Healthy', { timeout: 60_000 });
  await page.goBack();
  await expect(row).toContainText('Healthy');
  await expect(banner).toHaveCount(0);
});
