import { expect, Page } from '@playwright/test';

/** The people of the demo. */
export const people = {
  platform: 'Mara Lindqvist',
  skillforge: 'Jonas Weber',
} as const;

/** Opens a page of the portal as one of its people. */
export async function enter(
  page: Page,
  options: { as: keyof typeof people; at?: string },
): Promise<void> {
  await page.goto(options.at ?? '/');
  await page
    .getByRole('button', { name: `Enter as ${people[options.as]}` })
    .click();
  await expect(page.getByRole('link', { name: 'Day 2, home' })).toBeVisible();
}
