// Pictures of the whole page to look at, and for the README. node scripts/screenshots.mjs FOLDER [FRAGMENT]
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { launch_browser, new_page, open, serve_dist, wrongs } from '../tests/browser/harness.mjs';

const [folder = 'screenshots', fragment = ''] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });

const server = await serve_dist();
const browser = await launch_browser();
try {
  for (const width of [390, 1280]) {
    for (const locale of ['en-GB', 'zh-CN']) {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        const { page, record } = await new_page(browser, { width, locale, colorScheme, deviceScaleFactor: 1 });
        await open(page, fragment ? `${server.url}#${fragment.replace(/^#/, '')}` : server.url);
        await page.waitForLoadState('networkidle'); // charts come after the first numbers
        await page.waitForTimeout(500); // and draw themselves
        const file = join(folder, `${width}-${locale.slice(0, 2)}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage: true, animations: 'disabled' });
        console.log([file, ...wrongs(record, server.url)].join('\n    '));
        await page.context().close();
      }
    }
  }
} finally {
  await browser.close();
  await server.close();
}
