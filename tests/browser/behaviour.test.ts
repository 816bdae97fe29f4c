// What the page does when someone uses it, in a real browser against the built site.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fragment, unfold, use_browser } from './browser';
import { accessibility_violations, new_page, open, overflows_sideways } from './harness.mjs';

const { browser, url, empty_page, visit } = use_browser();

// The opening question of release 0.1.0: method zartbot, as the article has it.
const article = 'v=1&n=0.1.0&k=c7c3';
const batch = '#full-decode-batch_per_gpu';
const headline = (page: Page, quantity: string) => page.locator(`.headline [data-quantity="${quantity}"]`);
const number = async (page: Page, quantity: string) =>
  Number(await headline(page, quantity).getAttribute('data-value'));
const preset = (page: Page) => page.locator('.presets select');

describe('the form', () => {
  test('a changed input shows new numbers within one frame', async () => {
    const page = await visit();
    const before = await number(page, 'decode.tpot_ms');
    // What stands there when the browser is about to paint again is what the next frame shows.
    const after = await page.locator(batch).evaluate(
      (input: HTMLInputElement) =>
        new Promise<number>((resolve) => {
          requestAnimationFrame(() => {
            input.value = '64';
            input.dispatchEvent(new InputEvent('input', { bubbles: true }));
            requestAnimationFrame(() => {
              const shown = document.querySelector<HTMLElement>('.headline [data-quantity="decode.tpot_ms"]');
              resolve(Number(shown?.dataset['value']));
            });
          });
        }),
    );
    expect(after).not.toBe(before);
    expect(after).toBeGreaterThan(0);
  });

  test('a bad input keeps its text, says why, and leaves the last good numbers marked', async () => {
    const page = await visit();
    const before = await number(page, 'decode.tpot_ms');
    await page.locator(batch).fill('12o');
    await page.locator(batch).blur();
    expect(await page.locator(batch).inputValue()).toBe('12o');
    expect(await page.locator(batch).getAttribute('aria-invalid')).toBe('true');
    const described = await page.locator(batch).getAttribute('aria-describedby');
    expect(described).toContain('full-decode-batch_per_gpu-error');
    expect(await page.locator('#full-decode-batch_per_gpu-error').textContent()).toContain('12o');
    expect(await page.locator('.headline').getAttribute('class')).toContain('stale');
    expect(await number(page, 'decode.tpot_ms')).toBe(before);
    expect(await accessibility_violations(page)).toEqual([]);
    await page.locator(batch).fill('64');
    expect(await page.locator('.headline').getAttribute('class')).not.toContain('stale');
    expect(await number(page, 'decode.tpot_ms')).not.toBe(before);
  });

  test('a changed field is marked and can be reset', async () => {
    const page = await visit();
    await page.locator(batch).fill('64');
    const field = page.locator('.field', { has: page.locator(batch) });
    expect(await field.getAttribute('class')).toContain('changed');
    await field.locator('.reset').click();
    expect(await page.locator(batch).inputValue()).toBe('128');
    expect(await field.getAttribute('class')).not.toContain('changed');
  });

  test('auto shows what it stands for, can be left and taken again', async () => {
    const page = await visit();
    const nic = page.locator('#full-nic_gbit_per_s');
    expect(await nic.inputValue()).toBe('');
    expect(await nic.getAttribute('placeholder')).toBe('400');
    const auto = page.locator('.field', { has: nic }).locator('.auto');
    expect(await auto.getAttribute('aria-pressed')).toBe('true');
    await nic.fill('200');
    expect(await auto.getAttribute('aria-pressed')).toBe('false');
    await auto.click();
    expect(await nic.inputValue()).toBe('');
  });

  test('a device is found by typing; a wrong name stays and is refused', async () => {
    const page = await visit();
    const device = page.locator('#full-device');
    await device.click();
    await device.fill('h20-3e');
    await page.keyboard.press('Enter');
    expect(await device.inputValue()).toContain('H20-3e');
    expect(await page.locator('h1').textContent()).toContain('H20-3e');
    await device.fill('h9000');
    await device.blur();
    expect(await device.inputValue()).toBe('h9000');
    expect(await page.locator('#full-device-error').textContent()).toContain('h9000');
  });

  test('undo and redo by button and by key, but not while editing text', async () => {
    const page = await visit();
    await unfold(page);
    await page.locator(batch).fill('64');
    await page.locator('#full-overlap').selectOption('none');
    await page.locator(batch).focus();
    await page.keyboard.press('Control+Shift+z'); // nothing to redo in the text, and not the page's to redo
    await page.locator('#full-overlap').focus();
    await page.keyboard.press('Control+z');
    expect(await page.locator('#full-overlap').inputValue()).toBe('auto');
    await page.keyboard.press('Control+z');
    expect(await page.locator(batch).inputValue()).toBe('128');
    await page.keyboard.press('Control+Shift+z');
    expect(await page.locator(batch).inputValue()).toBe('64');
    await page.locator('.tools .icon').first().click();
    expect(await page.locator(batch).inputValue()).toBe('128');
    await page.locator('.tools .icon').nth(1).click();
    expect(await page.locator(batch).inputValue()).toBe('64');
  });

  test('a preset changes the numbers', async () => {
    const page = await visit();
    await preset(page).selectOption('zartbot-decode-h20-b32');
    expect(await page.locator('h1').textContent()).toContain('H20');
    expect(await number(page, 'decode.tokens_per_s_per_gpu')).toBeCloseTo(904.803, 2);
    await preset(page).selectOption('zartbot-decode-h800-b128');
    expect(await number(page, 'decode.tokens_per_s_per_gpu')).toBeCloseTo(3246.137, 2);
  });
});

describe('explanations', () => {
  test('open, drill down, go back, close', async () => {
    const page = await visit();
    await headline(page, 'decode.tpot_ms').click();
    const dialog = page.locator('dialog.explanation');
    const title = page.locator('#explanation-title');
    const first = await title.textContent();
    expect(await dialog.locator('.formula-box').textContent()).toMatch(/=.+/);
    await dialog.locator('button[data-quantity]').first().click();
    expect(await title.textContent()).not.toBe(first);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('explanation-title');
    expect(await accessibility_violations(page)).toEqual([]);
    await dialog.locator('.back').click();
    expect(await title.textContent()).toBe(first);
    await page.keyboard.press('Escape');
    expect(await dialog.isVisible()).toBe(false);
    // The focus is back on the number.
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['quantity'])).toBe(
      'decode.tpot_ms',
    );
  });

  test('every number on the page has one, in both languages', async () => {
    const page = await visit();
    for (const language of ['zh', 'en']) {
      await page.locator(`[data-language=${language}]`).click();
      await page.locator(`html[lang^=${language}]`).waitFor();
      const texts = await page.evaluate(async () => {
        const buttons = [...document.querySelectorAll<HTMLElement>('main button[data-quantity]')];
        const dialog = document.querySelector<HTMLDialogElement>('dialog.explanation')!;
        const until = async (done: () => boolean) => {
          while (!done()) await new Promise((resolve) => setTimeout(resolve, 5));
        };
        const found: Record<string, string> = {};
        for (const button of buttons) {
          button.click();
          await until(() => dialog.open);
          found[button.dataset['quantity']!] = dialog.innerText;
          dialog.close();
          await until(() => dialog.childElementCount === 0);
        }
        return found;
      });
      expect(Object.keys(texts).length).toBeGreaterThan(20);
      for (const [quantity, text] of Object.entries(texts)) {
        expect(text, quantity).toContain('=');
        // No key without words, no place left open.
        expect(text, quantity).not.toMatch(/\b(quantity|parameter|symbol|quirk|unit|error|origin)\.[a-z_]+|\{\w+\}/);
      }
    }
  });

  test('an input of a formula leads to its field', async () => {
    const page = await visit(article);
    await headline(page, 'decode.tokens_per_s_per_gpu').click();
    await page.locator('dialog.explanation td button:not([data-quantity])').first().click();
    expect(await page.locator('dialog.explanation').isVisible()).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toMatch(/^full-/);
  });
});

describe('memory', () => {
  const too_much = { 'decode.batch_per_gpu': '256' };
  test('what does not fit has a ledger and no speed, and one press makes it fit', async () => {
    const page = await visit(article);
    await page.locator(batch).fill(too_much['decode.batch_per_gpu']);
    expect(await page.locator('.headline').getAttribute('data-status')).toBe('does_not_fit');
    for (const quantity of ['decode.tpot_ms', 'decode.tps_per_user', 'decode.tokens_per_s_per_gpu']) {
      expect(await headline(page, quantity).innerText()).toContain('—');
    }
    expect(await page.locator('.memory').getAttribute('data-fits')).toBe('false');
    expect(await page.locator('.ledger tbody tr').count()).toBeGreaterThanOrEqual(4);
    expect(await accessibility_violations(page)).toEqual([]);
    await page.locator('.fits-if button').first().click();
    expect(await page.locator('.memory').getAttribute('data-fits')).toBe('true');
    expect(await number(page, 'decode.tpot_ms')).toBeGreaterThan(0);
  });

  test('with the check off the numbers are there and marked', async () => {
    const page = await visit(article);
    await page.locator(batch).fill('256');
    await page
      .locator('summary', { has: page.locator('h3') })
      .nth(5)
      .click();
    await page.locator('#full-ignore_capacity').check();
    expect(await number(page, 'decode.tpot_ms')).toBeGreaterThan(0);
    expect(await page.locator('.headline .mark').count()).toBe(2);
  });
});

describe('tables', () => {
  test('a cell opens its scenario and is then the present one', async () => {
    const page = await visit(article);
    const cell = page.locator('[data-grid=batch] tbody tr').nth(1).locator('td button').nth(1);
    await cell.waitFor();
    const shown = await cell.innerText();
    await cell.click();
    expect(await page.locator(batch).inputValue()).toBe('64');
    expect(await headline(page, 'decode.tpot_ms').locator('.value').innerText()).toBe(shown);
    await expect.poll(() => cell.getAttribute('aria-current')).toBe('true');
  });

  test('the article’s largest batches and time budgets are there', async () => {
    const page = await visit(article);
    const table = page.locator('[data-grid=largest]');
    await expect.poll(() => table.innerText()).toMatch(/141\.9/);
    await expect.poll(() => page.locator('[data-grid=budget]').innerText()).toMatch(/0\.05814/);
    await expect.poll(() => page.locator('.conclusions li').count()).toBeGreaterThanOrEqual(8);
  });

  test('charts draw themselves after the numbers', async () => {
    const page = await visit();
    await expect.poll(() => page.locator('.chart svg').count(), { timeout: 10_000 }).toBe(3);
  });
});

describe('links', () => {
  test('a shared link opens the same question in a fresh profile', async () => {
    const page = await visit('', { permissions: ['clipboard-read', 'clipboard-write'] });
    await unfold(page);
    await page.locator(batch).fill('96');
    await page.locator('#full-overlap').selectOption('none');
    const shown = await number(page, 'decode.tpot_ms');
    await page.locator('.share').click();
    await page.locator('.good-text').waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain(url());
    expect(link.length).toBeLessThan(200);
    expect(await page.locator('.share-dialog textarea').inputValue()).toBe(link);
    expect(await page.locator('.share-state').innerText()).toContain(String(link.length));
    expect(await accessibility_violations(page)).toEqual([]);

    const other = await visit(new URL(link).hash.slice(1), { locale: 'zh-CN' });
    expect(await other.locator(batch).inputValue()).toBe('96');
    expect(await number(other, 'decode.tpot_ms')).toBe(shown);
    expect(await other.locator('[data-banner]').count()).toBe(0);
  });

  test('without permission to copy, the link stands selected', async () => {
    const page = await visit();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('forbidden'));
    });
    await page.locator('.share').click();
    await page.locator('.share-state .bad-text').waitFor();
    const field = page.locator('.share-dialog textarea');
    expect(await field.evaluate((area: HTMLTextAreaElement) => area.selectionEnd - area.selectionStart)).toBe(
      (await field.inputValue()).length,
    );
  });

  test('the address follows, Back and Forward restore', async () => {
    const page = await visit();
    await page.locator(batch).fill('64');
    await expect.poll(() => fragment(page)).toContain('db=64');
    const typed = fragment(page);
    await preset(page).selectOption('zartbot-decode-h20-b32');
    expect(fragment(page)).not.toBe(typed);
    await page.goBack();
    expect(await page.locator(batch).inputValue()).toBe('64');
    expect(await page.locator('h1').textContent()).toContain('H800');
    expect(fragment(page)).toBe(typed);
    await page.goForward();
    expect(await page.locator('h1').textContent()).toContain('H20');
    expect(await page.locator('[data-banner]').count()).toBe(0);
  });

  test('a damaged link is reported, what was readable is used, the text is kept', async () => {
    const page = await visit();
    await unfold(page);
    await page.locator(batch).fill('64');
    await page.locator('#full-overlap').selectOption('none');
    await expect.poll(() => fragment(page)).toContain('ov=none');
    const cut = fragment(page)
      .replace(/&k=.*$/, '')
      .replace('ov=none', 'ov=nonsense');

    const other = await visit(cut);
    const banner = other.locator('[data-banner=link]');
    expect(await banner.locator('input').inputValue()).toBe(cut);
    expect(await banner.locator('li').count()).toBeGreaterThanOrEqual(2);
    expect(await banner.innerText()).toContain('nonsense');
    expect(await other.locator(batch).inputValue()).toBe('64');
    expect(fragment(other)).toBe(cut);
    expect(await accessibility_violations(other)).toEqual([]);
    await banner.locator('button').click();
    expect(await banner.count()).toBe(0);
    expect(fragment(other)).toMatch(/&k=/);
  });
});

describe('the reader', () => {
  test('the language is the browser’s, can be changed, and is remembered', async () => {
    const page = await visit('', { locale: 'zh-CN' });
    expect(await page.locator('html').getAttribute('lang')).toBe('zh-CN');
    expect(await page.locator('.share').innerText()).toBe('分享');
    await page.locator('[data-language=en]').click();
    await page.locator('html[lang=en]').waitFor(); // its words are fetched now
    expect(await page.locator('.share').innerText()).toBe('Share');
    await page.reload();
    await page.locator('[data-first-result]').waitFor();
    expect(await page.locator('.share').innerText()).toBe('Share');
  });

  test('the theme is the system’s, can be changed, and is remembered', async () => {
    const page = await visit('', { colorScheme: 'dark' });
    const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const dark = await ground();
    await page.locator('.theme').click();
    const light = await ground();
    expect(light).not.toBe(dark);
    await page.reload();
    await page.locator('[data-first-result]').waitFor();
    expect(await ground()).toBe(light);
  });

  test('by keyboard alone: skip, change, explain, drill, close, share', async () => {
    const page = await visit();
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip-link');
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('results');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => (document.activeElement as HTMLElement).dataset['quantity'])).toBe(
      'decode.tpot_ms',
    );
    await page.keyboard.press('Enter');
    await page.locator('dialog.explanation[open]').waitFor();
    const title = await page.locator('#explanation-title').textContent();
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement?.matches('dialog [data-quantity]'))) break;
    }
    await page.keyboard.press('Enter');
    expect(await page.locator('#explanation-title').textContent()).not.toBe(title);
    await page.keyboard.press('Escape');
    expect(await page.locator('dialog.explanation').isVisible()).toBe(false);

    // Into the form, backwards from the results: a device by arrow keys.
    await page.locator('#full-device').focus();
    await page.keyboard.type('h20');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    expect(await page.locator('h1').textContent()).toContain('H20');
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });

  test.each([390, 1280])('at %i px nothing moves when the numbers and the charts arrive', async (width) => {
    const { page } = await empty_page({ width });
    await page.addInitScript(() => {
      const moved: number[] = ((window as unknown as { moved: number[] }).moved = []);
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) moved.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await open(page, url());
    await expect.poll(() => page.locator('.chart svg').count(), { timeout: 10_000 }).toBe(3);
    await page.waitForTimeout(300);
    expect(await page.evaluate(() => (window as unknown as { moved: number[] }).moved)).toEqual([]);
  });

  test('the memory picture has the parts of its question alone, also after another', async () => {
    const parts = (page: Page) => page.locator('.memory-picture svg path').count();
    const link = 'v=2&n=0.2.0&m=llama-3.1-8b&k=423a';
    const fresh = await visit(link);
    const page = await visit();
    for (const each of [fresh, page]) await expect.poll(() => parts(each), { timeout: 10_000 }).toBeGreaterThan(3);
    const before = await parts(page);
    await page.evaluate((hash) => (location.hash = hash), link);
    await expect.poll(() => parts(page), { timeout: 10_000 }).not.toBe(before);
    await expect.poll(async () => (await parts(page)) - (await parts(fresh)), { timeout: 10_000 }).toBe(0);
  });

  test('an emptied name takes back the one that stood there, and a fault said often is said once', async () => {
    const page = await visit(`v=2&n=0.2.0&${'db=64&'.repeat(40)}k=0000`);
    const lines = await page.locator('[data-banner=link] li').allInnerTexts();
    expect(new Set(lines).size).toBe(lines.length);
    await page.locator('#full-device').fill('');
    await page.keyboard.press('Enter');
    expect(await page.locator('#full-device').inputValue()).toContain('H800');
  });

  test('a reader who listens hears the new headline once', async () => {
    const page = await visit();
    const live = page.locator('[data-live]');
    await expect.poll(() => live.textContent()).toMatch(/\d/);
    const before = await live.textContent();
    await page.locator(batch).fill('64');
    await expect.poll(() => live.textContent()).not.toBe(before);
  });

  test('the longest layout wraps on a phone', async () => {
    const page = await visit('#v=2&n=0.2.0&d=a100-sxm-80g&ag=aggregated&dc=8&dt=16&k=a0db', { width: 320 });
    expect(await page.locator('.summary .parts').textContent()).toContain('TP16');
    expect(await overflows_sideways(page)).toBe(false);
  });

  test.each([320, 390])('at %i px the numbers come first and nothing scrolls sideways', async (width) => {
    const page = await visit('', { width, height: 800 });
    expect(await overflows_sideways(page)).toBe(false);
    const top = await page.locator('[data-first-result]').evaluate((each) => each.getBoundingClientRect().top);
    expect(top).toBeLessThan(420);
    await page.locator('#short-decode-batch_per_gpu').fill('64');
    expect(await number(page, 'decode.tpot_ms')).toBeGreaterThan(0);
    await page.locator('.all-inputs > summary').click();
    expect(await page.locator('#full-kv_format').count()).toBe(1);
    expect(await overflows_sideways(page)).toBe(false);
    await headline(page, 'decode.tpot_ms').click();
    expect(await overflows_sideways(page)).toBe(false);
    expect(await accessibility_violations(page)).toEqual([]);
  });

  test.each(
    ['en-GB', 'zh-CN'].flatMap((locale) => (['light', 'dark'] as const).map((theme) => [locale, theme] as const)),
  )('axe finds nothing with everything open: %s, %s', async (locale, colorScheme) => {
    const page = await visit('', { locale, colorScheme });
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('details')) fold.open = true;
    });
    await page.locator('.conclusions li').first().waitFor();
    expect(await accessibility_violations(page)).toEqual([]);
    await page.locator('.field .control button:not([aria-pressed])').first().click();
    await page.locator('dialog.facts[open]').waitFor();
    expect(await accessibility_violations(page)).toEqual([]);
  });
});

describe('when the engine cannot run', () => {
  test.each([
    ['no WebAssembly', 'no_wasm', () => void Reflect.deleteProperty(globalThis, 'WebAssembly')],
    ['no SIMD', 'no_simd', () => void (WebAssembly.validate = () => false)],
  ])('%s: a sentence in both languages', async (_name, failure, break_it) => {
    const { page } = await empty_page();
    await page.addInitScript(break_it);
    await page.goto(url());
    const shown = page.locator(`[data-failure=${failure}]`);
    expect(await shown.locator('[lang=en]').innerText()).toContain('WebAssembly');
    expect(await shown.locator('[lang=zh-CN]').innerText()).toContain('浏览器');
  });

  test('the module does not arrive', async () => {
    const { page } = await new_page(browser());
    await page.route('**/*.wasm', (route) => route.abort());
    await page.goto(url());
    await page.locator('[data-failure=load_failed]').waitFor();
    await page.context().close();
  });
});
