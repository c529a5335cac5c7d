import { expect, test } from '@playwright/test';
import { enter } from '../support/enter';
import { rowOf } from '../support/fleet';

test('from the fleet to the reason, its evidence, its log and its events', async ({
  page,
}) => {
  await enter(page, { as: 'platform' });
  await page.getByRole('link', { name: 'Day 2', exact: true }).click();
  await expect(page).toHaveURL(/\/day2\/needs-attention/);
  await expect(page.getByText(/services need attention/)).toBeVisible();

  const row = rowOf(page, 'skillforge-media-transcoder-for-mobile-clients');
  await expect(row).toContainText('Degraded');
  await expect(row).toContainText('media-transcoder:2.8.0');
  await expect(rowOf(page, 'platform-go-redis')).toHaveCount(0);

  await rowOf(page, 'service-discovery-controller')
    .getByRole('link', { name: 'service-discovery-controller' })
    .click();
  await expect(page).toHaveURL(
    /component\/service-discovery-controller\/operations/,
  );
  const evidence = page.getByRole('button', {
    name: /^Evidence for Deployment service-discovery-controller, production/,
  });
  await expect(evidence).toHaveAttribute('aria-expanded', 'true');
  const item = page.getByRole('listitem').filter({ has: evidence });
  await expect(item).toContainText('ends again and again');
  await expect(item.getByRole('heading', { name: 'Pods' })).toBeVisible();
  await expect(
    item.getByRole('row').filter({ hasText: 'CrashLoopBackOff' }),
  ).toBeVisible();

  await item.getByRole('button', { name: 'Load last log lines' }).click();
  await expect(
    item.getByRole('heading', { name: /^Log of .*container controller/ }),
  ).toBeVisible();
  await expect(item.locator('pre')).not.toBeEmpty();
  await item.getByRole('button', { name: 'Load events' }).click();
  await expect(item.getByRole('heading', { name: 'Events' })).toBeVisible();
  await expect(
    item.getByRole('cell', { name: 'BackOff', exact: true }),
  ).toBeVisible();

  // Evidence that is closed stays closed in a link that is passed on.
  await evidence.click();
  await expect(evidence).toHaveAttribute('aria-expanded', 'false');
  await page.reload();
  await expect(evidence).toHaveAttribute('aria-expanded', 'false');
});
