// What a hostile link or text can do to the page: nothing. Every text that a reader or a link may give, far too long, far too deep, huge, with
// HTML and direction marks in it; and what the page asks of the network meanwhile.
import { readdirSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fragment, unfold, use_browser } from './browser';
import { dist } from './harness.mjs';

const { url, empty_page, visit } = use_browser();

const patient = { timeout: 30_000 };
const batch = '#full-decode-batch_per_gpu';
const html = '<img src=x onerror=alert(1)>';
const turned = 'a\u202eb\u2066c'; // right-to-left override, isolate
const headline = '.headline [data-quantity="decode.tpot_ms"]';
const config = (page: Page) => page.locator('dialog.config');
const banner = (page: Page) => page.locator('[data-banner=link]');

// The page answers a new question.
async function expect_alive(page: Page) {
  await page.keyboard.press('Escape');
  const number = () => page.locator(headline).getAttribute('data-value');
  await page.locator(batch).fill('17');
  const before = await number();
  await page.locator(batch).fill('18');
  await expect.poll(number).not.toBe(before);
}

// Neither elements nor scripts out of an input, and no character that turns the text around it.
async function expect_only_text(page: Page) {
  const found = await page.evaluate(() => ({
    elements: document.querySelectorAll('img, iframe, object, embed, [onerror]').length,
    hidden: [...document.body.innerText].filter((c) => /[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/.test(c)).length,
  }));
  expect(found).toEqual({ elements: 0, hidden: 0 });
}

// As a paste does it: playwright's fill would type ten million characters.
const paste = (page: Page, selector: string, text: string) =>
  page.locator(selector).evaluate((field: HTMLInputElement | HTMLTextAreaElement, value) => {
    field.focus();
    field.value = value;
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }, text);
const length_of = (page: Page, selector: string) =>
  page.locator(selector).evaluate((field: HTMLInputElement | HTMLTextAreaElement) => field.value.length);

describe('a hostile link', () => {
  test('of nearly 2 MB, the most that Chromium opens, is refused by its size; the address stays', async () => {
    const long = `v=2&n=0.2.0&d=${'a'.repeat(1_900_000)}&k=0000`;
    const page = await visit(long);
    await banner(page).waitFor();
    expect(await banner(page).innerText()).toMatch(/1900\d\d\d bytes.*65536/);
    expect(fragment(page)).toBe(long);
    await expect_alive(page);
  });

  test('of 10 MB, set by a script, does not reach the page or is refused', async () => {
    const page = await visit();
    await page.evaluate(() => {
      location.hash = `v=2&d=${'a'.repeat(10_000_000)}`;
    });
    await page.waitForTimeout(500);
    if ((await page.evaluate(() => location.hash.length)) > 0) await banner(page).waitFor();
    await expect_alive(page);
  });

  test.each([
    ['HTML as a device', `v=2&d=${html}&db=64&k=0000`, html],
    ['HTML as a key', `v=2&${html}&k=0000`, '<img'],
    ['HTML as the version', `v=${html}&k=0000`, html],
    ['HTML as a sweep', `v=2&sx0=${html}&so=x&k=0000`, html],
    ['HTML as a plan', `v=2&pl=${html}&k=0000`, html],
    ['HTML as a histogram', `v=2&pl=balance&plh=${html}&k=0000`, html],
    ['direction marks', `v=2&d=${turned}&k=0000`, 'abc'],
    ['a number of 400 digits', `v=2&db=${'9'.repeat(400)}&k=0000`, '9'.repeat(80)],
    ['1e999', 'v=2&db=1e999&k=0000', '1e999'],
    ['1e999 in a histogram', 'v=2&pl=balance&plh=1~1e999&k=0000', '1e999'],
    ['an axis of 1e300 points', 'v=2&sx0=db~p~1~2~1e300&so=decode.tpot_ms~min&k=0000', 'batch'],
    ['percent codes that are none', 'v=2&d=%zz%%%2&k=0000', '%zz%%%2'],
  ])('%s: said as text', async (_what, link, said) => {
    const page = await visit(encodeURI(link).replaceAll('#', '%23'));
    expect((await banner(page).locator('ul').innerText()).replaceAll(' ', '')).toContain(said.replaceAll(' ', ''));
    await expect_only_text(page);
    expect(await banner(page).locator('input').inputValue()).not.toBe('');
    if (!link.includes('pl=') && !link.includes('sx0')) await expect_alive(page);
  });
});

describe('a hostile config.json', () => {
  const good = {
    model_type: 'llama',
    hidden_size: 4096,
    num_hidden_layers: 32,
    num_attention_heads: 32,
    vocab_size: 32000,
    intermediate_size: 11008,
  };
  test.each([
    ['10 MB', 'x'.repeat(10_000_000), ['10000000 bytes', '1048576']],
    ['100,000 levels', '['.repeat(100_000), ['nested too deeply', '16']],
    ['100,000 closed levels', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), ['nested too deeply', '16']],
    ['1e999', JSON.stringify(good).replace('4096', '1e999'), ['hidden_size', '1e999', '1.7e308']],
    [
      'a number of 400 digits',
      JSON.stringify(good).replace('4096', '9'.repeat(400)),
      ['hidden_size', '99999', '1.7e308'],
    ],
    ['a size of 1e300', JSON.stringify(good).replace('4096', '1e300'), ['hidden_size', '1e+300', '0…1000000000']],
    [
      'HTML in place of a number',
      JSON.stringify({ ...good, hidden_size: html }),
      ['hidden_size', html, '0…1000000000'],
    ],
  ])('%s: says what is wrong and keeps the text', async (_what, text, said) => {
    const page = await visit();
    await page.locator('.import').click();
    const field = 'dialog.config textarea';
    await paste(page, field, text);
    await config(page).locator('.bad-text').waitFor();
    const message = (await config(page).locator('.bad-text').innerText()).replaceAll(',', '');
    for (const part of said) expect(message).toContain(part);
    expect(message.length).toBeLessThan(500);
    expect(await length_of(page, field)).toBe(text.length);
    await expect_only_text(page);
    await expect_alive(page);
  });

  test('HTML and direction marks in its names: shown as text', async () => {
    const page = await visit();
    await page.locator('.import').click();
    await paste(
      page,
      'dialog.config textarea',
      JSON.stringify({ ...good, model_type: html + turned, [html]: 7, [turned]: 8 }),
    );
    await expect.poll(() => config(page).innerText()).toContain(html);
    expect(await config(page).innerText()).toContain('a?b?c');
    await expect_only_text(page);
    await config(page).locator('.primary').click();
    await expect_only_text(page);
    await expect_alive(page);
  });
});

describe('a hostile text in a field', () => {
  test.each([
    ['HTML', html, html],
    ['direction marks', turned, 'a?b?c'],
    ['1e999', '1e999', '1e999'],
    ['400 digits', '9'.repeat(400), '9'.repeat(80)],
    ['a million digits and a letter', '9'.repeat(1_000_000) + 'x', '9'.repeat(80)],
    ['10 MB', 'y'.repeat(10_000_000), 'y'.repeat(80)],
  ])('%s: a number, a device, a pasted list', async (_what, text, said) => {
    const page = await visit();
    for (const name of ['decode-batch_per_gpu', 'device']) {
      await paste(page, `#full-${name}`, text);
      await page.locator(`#full-${name}`).blur();
      // A name of a megabyte, or ten of a number, makes the whole question too long to be read: that is said at the foot of the window.
      const too_long = text.length > (name === 'device' ? 1_000_000 : 9_000_000);
      const error = page.locator(too_long ? '[data-banner=input]' : `#full-${name}-error`);
      await expect.poll(() => error.innerText(), patient).toContain(too_long ? 'too long' : said);
      const message = await error.innerText();
      expect(message.length).toBeLessThan(400);
      expect(await length_of(page, `#full-${name}`)).toBe(text.length);
    }
    if (text.length < 1_000_000) {
      expect(await page.locator('#full-decode-batch_per_gpu-error').innerText()).toContain('1000000');
    }
    await expect_only_text(page);

    const { page: plan } = await empty_page();
    await plan.goto(`${url()}#v=2&n=0.2.0&pl=balance&k=0000`);
    await plan.locator('#balance-histogram').waitFor();
    await paste(plan, '#balance-histogram', `1, ${text}`);
    // A list is cut at spaces, and its first wrong part is named.
    await expect
      .poll(() => plan.locator('#balance-histogram-error').innerText(), patient)
      .toContain(said.split(' ')[0]!.slice(0, 30));
    expect(await length_of(plan, '#balance-histogram')).toBe(text.length + 3);
    await expect_only_text(plan);
  });

  test('HTML on an axis of a sweep', async () => {
    const page = await visit();
    await page.locator('[data-view=sweep]').click();
    await unfold(page);
    const field = page.locator('.sweep-form input[type=text], .sweep-form input:not([type])').first();
    await field.fill(`16, ${html}`);
    await field.blur();
    expect(await field.inputValue()).toContain(html);
    await expect_only_text(page);
  });
});

describe('requests', () => {
  const own_files = () =>
    new Set(readdirSync(dist, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/')));
  const views = [
    ['plan', '[data-plan]'],
    ['sweep', '.sweep-form'],
    ['validation', '[data-table=runs]'],
    ['calculator', headline],
  ] as const;

  // Uses every view with these inputs, until two seconds have brought no request.
  async function use(page: Page, requests: string[], marker: string, number: string) {
    await page.locator(batch).fill(marker);
    await page.locator(batch).fill(number);
    await page.locator('#full-device').fill(marker);
    await page.locator('#full-device').fill('h20');
    await page.keyboard.press('Enter');
    await page.locator('.import').click();
    await page.locator('dialog.config textarea').fill(`{"model_type": "${marker}", "${marker}": ${number}}`);
    await page.keyboard.press('Escape');
    for (const [view, drawn] of views) {
      await page.locator(`[data-view=${view}]`).click();
      await page.locator(drawn).first().waitFor();
    }
    await page.locator('button.share').click();
    await page.locator('dialog.share-dialog').waitFor();
    await page.keyboard.press('Escape');
    for (let seen = -1; seen < requests.length; await page.waitForTimeout(2000)) seen = requests.length;
  }

  test('only own files by their whole address, and no other ones once every view was seen', async () => {
    const { page, record } = await empty_page();
    await page.goto(url());
    await page.locator(headline).waitFor();
    await use(page, record.requests, 'zqxj', '4091');
    const files = own_files();
    const asked = record.requests.filter((request) => !/^(data|blob):/.test(request));
    expect(asked.length).toBeGreaterThan(views.length);
    for (const request of asked) {
      expect(request.startsWith(url()), request).toBe(true);
      const { pathname, search } = new URL(request);
      const file = pathname.slice(new URL(url()).pathname.length);
      expect(file === '' || files.has(file), request).toBe(true);
      expect(search, request).toBe('');
      expect(request).not.toMatch(/zqxj|4091/);
    }
    // Again, with other inputs: the browser asks for the icon at each new address, the pool for its worker's program.
    const before = new Set(record.requests);
    await use(page, record.requests, 'wvkk', '37');
    expect(record.requests.filter((request) => !before.has(request) && !request.startsWith('blob:'))).toEqual([]);
  });
});
