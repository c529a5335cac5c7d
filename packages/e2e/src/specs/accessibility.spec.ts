import AxeBuilder from '@axe-core/playwright';
import { expect, Page, test } from '@playwright/test';
import { enter } from '../support/enter';
import { needsAttention, operationsOf } from '../support/fleet';

/** What says that all of a page is there. */
const pages = [
  { at: needsAttention, shows: /services need attention/ },
  { at: '/day2/clusters', shows: /clusters are watched/ },
  { at: '/catalog/default/component/gsv-api', shows: 'All items and history' },
  { at: operationsOf('gsv-api'), shows: 'Last change before it' },
];

/** Drawn by the host around every page. */
const frame = [
  '[class*="bui-PluginHeader"]',
  '.bui-Tabs',
  '.MuiBottomNavigation-root',
];

const looks = (['light', 'dark'] as const).flatMap(colorScheme =>
  [1440, 400].map(width => ({ colorScheme, width })),
);

async function violationsOf(page: Page) {
  const { violations } = await frame
    .reduce(
      (builder, selector) => builder.exclude(selector),
      new AxeBuilder({ page }),
    )
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'])
    .analyze();
  return violations.map(({ id, nodes }) => ({
    id,
    nodes: nodes.map(({ html }) => html.slice(0, 200)),
  }));
}

for (const { at, shows } of pages) {
  test(`${at} can be used by everybody, light and dark, wide and narrow`, async ({
    page,
  }) => {
    await enter(page, { as: 'platform', at });
    for (const { colorScheme, width } of looks) {
      await test.step(`${colorScheme}, ${width} px`, async () => {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize({ width, height: 900 });
        await expect(page.locator('body')).toHaveAttribute(
          'data-theme-mode',
          colorScheme,
        );
        await expect(page.getByText(shows).first()).toBeVisible();
        expect(await violationsOf(page)).toEqual([]);
        const sideways = await page.evaluate(
          () =>
            document.documentElement.scrollWidth -
            document.documentElement.clientWidth,
        );
        expect(sideways).toBeLessThanOrEqual(0);
      });
    }
  });
}
