import path from 'node:path';
import { expect, test } from '@playwright/test';
import { enter } from '../support/enter';
import { needsAttention, operationsOf } from '../support/fleet';
import { root } from '../support/ports';

const folder = path.join(root, 'packages/docs/docs/images');

test.skip(
  !process.env.DAY2_PICTURES,
  'writes the pictures of the README when DAY2_PICTURES is set',
);
test.use({ colorScheme: 'light', deviceScaleFactor: 1 });

for (const { file, at, shows, height } of [
  {
    file: 'needs-attention.png',
    at: needsAttention,
    shows: /services need attention/,
    height: 1000,
  },
  {
    file: 'service-operations.png',
    at: operationsOf('skillforge-media-transcoder-for-mobile-clients'),
    shows: 'Last change before it',
    height: 1000,
  },
]) {
  test(`picture ${file}`, async ({ page }) => {
    await page.setViewportSize({ width: 1440, height });
    await enter(page, { as: 'platform', at });
    await expect(page.getByText(shows).first()).toBeVisible();
    // Away from the sidebar, which opens over the page under the pointer.
    await page.mouse.move(1430, 10);
    await page.evaluate(() => document.fonts.ready);
    await page.screenshot({
      path: path.join(folder, file),
      animations: 'disabled',
      caret: 'hide',
    });
  });
}
