import { expect, test } from '@playwright/test';
import { enter } from '../support/enter';
import { needsAttention, rowOf } from '../support/fleet';

test('filters by keyboard; they are in the address and outlive a reload', async ({
  page,
}) => {
  await enter(page, { as: 'platform', at: needsAttention });
  await expect(rowOf(page, 'keycloak')).toBeVisible();
  const search = page.getByRole('searchbox', { name: 'Filter by text' });
  await page.keyboard.press('/');
  await expect(search).toBeFocused();
  await page.keyboard.type('discovery');
  await expect(page).toHaveURL(/[?&]q=discovery/);
  await expect(rowOf(page, 'keycloak')).toHaveCount(0);
  await expect(rowOf(page, 'service-discovery-controller')).toBeVisible();

  const system = page.getByRole('button', { name: 'System', exact: true });
  await system.focus();
  await page.keyboard.press('Enter');
  const choice = page.getByRole('dialog', { name: 'System' });
  await choice.getByRole('checkbox', { name: /^gitops-lifecycle/ }).focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await expect(choice).toHaveCount(0);
  const chosen = page.getByRole('button', {
    name: 'System: gitops-lifecycle',
    exact: true,
  });
  await expect(chosen).toBeFocused();
  await expect(page).toHaveURL(/[?&]system=system%3Adefault%2Fgitops/);

  await page.reload();
  await expect(search).toHaveValue('discovery');
  await expect(chosen).toBeVisible();
  const link = rowOf(page, 'service-discovery-controller').getByRole('link', {
    name: 'service-discovery-controller',
  });
  await link.focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/service-discovery-controller\/operations/);
  const evidence = page.getByRole('button', {
    name: /^Evidence for Deployment service-discovery-controller, production/,
  });
  await evidence.focus();
  await page.keyboard.press('Enter');
  await expect(evidence).toHaveAttribute('aria-expanded', 'false');
});
