import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import { enter, people } from '../support/enter';

test('the platform team signs in, sees the catalog, and stays signed in', async ({
  page,
}) => {
  await enter(page, { as: 'platform' });
  await page.getByRole('menuitem', { name: /^All/ }).click();
  await expect(
    page.getByRole('link', { name: 'skillforge-api' }),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: 'gsv-api' })).toBeVisible();

  await page.reload();
  await expect(page.getByRole('link', { name: 'gsv-api' })).toBeVisible();
});

test('the sign-in page can be used by everybody', async ({ page }) => {
  await page.goto('/');
  await expect(
    page.getByRole('heading', { name: people.skillforge }),
  ).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

test('somebody else sees what they own, and can become another person', async ({
  page,
}) => {
  await enter(page, { as: 'skillforge' });
  await expect(
    page.getByRole('link', { name: 'skillforge-api' }),
  ).toBeVisible();
  await expect(page.getByRole('link', { name: 'gsv-api' })).toHaveCount(0);

  await page.goto('/settings');
  await page.getByTestId('user-settings-menu').click();
  await page.getByRole('menuitem', { name: /sign out/i }).click();
  await expect(
    page.getByRole('button', { name: `Enter as ${people.platform}` }),
  ).toBeVisible();
});
