import { expect, test } from '@playwright/test';
import { enter } from '../support/enter';
import { rowOf } from '../support/fleet';

for (const at of [
  '/catalog/default/system/gitops-lifecycle',
  '/catalog/default/group/gitops-core',
]) {
  test(`${at} says which of its services need someone`, async ({ page }) => {
    await enter(page, { as: 'platform', at });
    await expect(
      page.getByRole('heading', { name: /^Services that need someone/ }),
    ).toBeVisible();
    await expect(
      page.getByText(/^1 of 3 services needs attention/),
    ).toBeVisible();
    const services = page.getByLabel('Services that need someone');
    await expect(
      services.getByRole('link', { name: 'service-discovery-controller' }),
    ).toBeVisible();
    await expect(
      services.getByRole('link', { name: 'retry-controller' }),
    ).toHaveCount(0);

    await page.getByRole('link', { name: 'All services' }).click();
    await expect(page).toHaveURL(/\/day2\/needs-attention/);
    await expect(rowOf(page, 'retry-controller')).toContainText('Healthy');
    await expect(rowOf(page, 'gsv-api')).toHaveCount(0);
  });
}
