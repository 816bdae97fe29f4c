// The sweep view in a real browser: the article's search, links, presses, a worker that dies, what is too large.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { cells, fragment, unfold, use_browser, type PageOptions } from './browser';
import { accessibility_violations, overflows_sideways } from './harness.mjs';

const { visit } = use_browser();

async function visit_sweep(options: PageOptions = {}): Promise<Page> {
  const page = await visit('', options);
  await page.locator('[data-view=sweep]').click();
  await finished(page);
  return page;
}
const finished = (page: Page) =>
  page
    .locator('.sweep-status[data-state=done]')
    .waitFor()
    .then(() => complete(page).waitFor());
const complete = (page: Page) => page.locator('.sweep-results[data-complete=true]:not(.stale)');
const rows_of = (page: Page, table: string) => page.locator(`table[data-table=${table}]`).getAttribute('data-rows');
const choose_table = (page: Page, table: string) => page.locator(`[data-choose=${table}]`).click();
const presets = (page: Page) => page.locator('.sweep-presets select');

describe('the article’s searches', () => {
  test.each([
    ['shinez-tps20', '29'],
    ['shinez-tps15', '37'],
  ])('%s gives its %s rows, with what the article says of itself beside them', async (preset, rows) => {
    const page = await visit_sweep();
    await presets(page).selectOption(preset);
    await expect.poll(() => rows_of(page, 'best_per')).toBe(rows);
    await finished(page);
    expect(await page.locator('[data-note^=shinez]').count()).toBeGreaterThan(0);
    expect(await page.locator('[data-note=shinez_h20_needs_tp]').count()).toBe(1);
    expect(Number(await page.locator('.pareto-picture').getAttribute('data-points'))).toBeGreaterThan(10);
  });

  test('every preset runs', async () => {
    const page = await visit_sweep();
    const ids = await presets(page)
      .locator('option')
      .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value).filter((id) => id !== ''));
    expect(ids.length).toBeGreaterThanOrEqual(4);
    for (const id of ids) {
      await presets(page).selectOption(id);
      if (Number(await page.locator('.sweep-size').getAttribute('data-total')) > 20_000)
        await page.locator('.run').click();
      await finished(page);
      expect(Number(await page.locator('.counts').getAttribute('data-kept')), id).toBeGreaterThan(0);
      expect(await page.locator('.heat-picture').count(), id).toBe(1);
    }
  });
});

describe('a press', () => {
  test('on a row loads it as the question; Back leads to the sweep', async () => {
    const page = await visit_sweep();
    const link = fragment(page);
    const [best] = await cells(page, 'best_per');
    await page.locator('table[data-table=best_per] tbody tr').first().click();
    await page.locator('.headline').waitFor();
    const shown = await page.locator('.headline [data-quantity="decode.tokens_per_s_per_gpu"] .value').textContent();
    expect(best).toContain(shown);
    expect(fragment(page)).not.toBe(link);
    await page.goBack();
    await complete(page).waitFor();
    expect(fragment(page)).toBe(link);
    expect(await cells(page, 'best_per')).toContainEqual(best);
  });

  test('on a point of the chart loads it as well', async () => {
    const page = await visit_sweep();
    await page.locator('.pareto-picture[data-points] canvas').waitFor();
    // Along the frontier's points, wherever the chart put them.
    const canvas = page.locator('.pareto-picture canvas');
    await canvas.scrollIntoViewIfNeeded();
    const box = (await canvas.boundingBox())!;
    for (let y = 4; y < box.height && (await page.locator('.headline').count()) === 0; y += 10) {
      for (let x = 60; x < box.width && (await page.locator('.headline').count()) === 0; x += 10) {
        await page.mouse.move(box.x + x, box.y + y);
        const cursor = await canvas.evaluate((each) => (each.parentElement as HTMLElement).style.cursor);
        if (cursor === 'pointer') await page.mouse.click(box.x + x, box.y + y);
      }
    }
    expect(await page.locator('.headline').count()).toBe(1);
    expect(fragment(page)).toMatch(/k=[0-9a-f]+$/);
  });

  test('of Enter on a row works too, and the focus shows its point', async () => {
    const page = await visit_sweep();
    const button = page.locator('table[data-table=frontier] .row-open').nth(1);
    await button.focus();
    await page.keyboard.press('Enter');
    await page.locator('.headline').waitFor();
  });

  test('on a cell of the heat map’s table loads it', async () => {
    const page = await visit_sweep();
    await page.locator('table[data-table=heat] button').first().click();
    await page.locator('.headline').waitFor();
  });

  test('on a heading sorts', async () => {
    const page = await visit_sweep();
    const heading = page.locator('table[data-table=best_per] th.num .sort').first();
    const column = async () =>
      page
        .locator('table[data-table=best_per] tbody tr td.num:nth-last-child(1)')
        .evaluateAll((all) => all.map((cell) => Number(cell.textContent?.replaceAll(',', ''))));
    const last = page.locator('table[data-table=best_per] th.num .sort').last();
    await last.click();
    expect(await page.locator('table[data-table=best_per] th[aria-sort=descending]').count()).toBe(1);
    const down = await column();
    expect(down).toEqual([...down].sort((one, other) => other - one));
    await last.click();
    const up = await column();
    expect(up).toEqual([...up].sort((one, other) => one - other));
    await heading.click();
    expect(await page.locator('table[data-table=best_per] th[aria-sort=descending]').count()).toBe(1);
  });
});

describe('the link', () => {
  test('opens the sweep in a fresh profile and runs it', async () => {
    const page = await visit_sweep();
    await unfold(page);
    await page.locator('.limit-value').first().fill('25');
    await finished(page);
    await expect.poll(() => page.locator('.limit-value').first().inputValue()).toBe('25');
    const rows = await cells(page, 'best_per');
    await page.waitForTimeout(400); // the address follows
    await page.locator('.share').click();
    const link = await page.locator('.share-dialog textarea').inputValue();
    expect(new URL(link).hash.slice(1)).toBe(fragment(page));

    const other = await visit(new URL(link).hash.slice(1), { locale: 'zh-CN' });
    await finished(other);
    await unfold(other);
    expect(await other.locator('.limit-value').first().inputValue()).toBe('25');
    expect(await rows_of(other, 'best_per')).toBe(String(rows.length));
    expect(await other.locator('[data-banner]').count()).toBe(0);
    expect(fragment(other)).toBe(fragment(page));
  });

  test('the calculator stays the first screen, and Back leads there', async () => {
    const page = await visit();
    expect(await page.locator('.headline').count()).toBe(1);
    await page.locator('[data-view=sweep]').click();
    await finished(page);
    expect(await page.locator('[data-view=sweep]').getAttribute('aria-current')).toBe('page');
    await page.goBack();
    await page.locator('.headline').waitFor();
    expect(await page.locator('[data-banner]').count()).toBe(0);
  });
});

// 201,600 configurations: long enough to kill a worker in it, on any machine.
async function make_large(page: Page) {
  await unfold(page);
  const batch = page.locator('[data-axis="decode.batch_per_gpu"]');
  await batch.locator('[data-axis-field=from]').fill('2');
  await batch.locator('[data-axis-field=to]').fill('1400');
  await batch.locator('[data-axis-field=step]').fill('2');
  await expect
    .poll(async () => Number(await page.locator('.sweep-size').getAttribute('data-total')))
    .toBeGreaterThan(100_000);
}

interface SweepConsole {
  moecalc: { sweep: { kill_one(): boolean; running: boolean } };
}

describe('a long sweep', () => {
  test('a worker that is killed is replaced: same rows, and the view says so', async () => {
    const page = await visit_sweep();
    await make_large(page);
    expect(await page.locator('.sweep-results.stale').count()).toBe(1); // waits for the button
    await page.locator('.run').click();
    await finished(page);
    const whole = { best: await cells(page, 'best_per'), frontier: await cells(page, 'frontier') };
    expect(whole.best.length).toBeGreaterThan(5);

    await page.locator('.run').click();
    const killed = await page.evaluate(async () => {
      const { sweep } = (globalThis as unknown as SweepConsole).moecalc;
      for (let i = 0; i < 1000 && sweep.running; i++) {
        if (sweep.kill_one()) return true;
        await new Promise((resolve) => setTimeout(resolve));
      }
      return false;
    });
    expect(killed).toBe(true);
    await page.locator('[data-replaced]').waitFor({ timeout: 60_000 });
    await finished(page);
    expect(await cells(page, 'best_per')).toEqual(whole.best);
    expect(await cells(page, 'frontier')).toEqual(whole.frontier);
  });

  test('is cancelled, says what it found so far, and can be run again', async () => {
    const page = await visit_sweep();
    await make_large(page);
    const state = await page.evaluate(async () => {
      const status = () => document.querySelector<HTMLElement>('.sweep-status')!.dataset['state'];
      document.querySelector<HTMLButtonElement>('.run')!.click();
      await new Promise((resolve) => setTimeout(resolve));
      const before = status();
      document.querySelector<HTMLButtonElement>('.cancel')!.click();
      await new Promise((resolve) => requestAnimationFrame(resolve));
      return [before, status()];
    });
    expect(state).toEqual(['running', 'cancelled']);
    await page.locator('.run').click();
    await finished(page);
  });

  test('too large is refused with its size, and the input stays', async () => {
    const page = await visit_sweep();
    await unfold(page);
    const batch = page.locator('[data-axis="decode.batch_per_gpu"]');
    await batch.locator('.kind').selectOption('linear');
    await batch.locator('[data-axis-field=from]').fill('1');
    await batch.locator('[data-axis-field=to]').fill('4096');
    await batch.locator('[data-axis-field=points]').fill('999999999');
    const banner = page.locator('[data-banner=sweep]');
    await banner.waitFor();
    expect((await banner.innerText()).replaceAll(/[,\s]/g, '')).toMatch(/\d{9,}/);
    expect(await batch.locator('[data-axis-field=points]').inputValue()).toBe('999999999');
    expect(await page.locator('.run').isDisabled()).toBe(true);
    expect(await accessibility_violations(page)).toEqual([]);
    await batch.locator('[data-axis-field=points]').fill('8');
    await finished(page);
    expect(await banner.count()).toBe(0);
  });
});

describe('the form', () => {
  test('a small sweep runs again while something changes', async () => {
    const page = await visit_sweep();
    await unfold(page);
    const kept = async () => Number(await page.locator('.counts').getAttribute('data-kept'));
    const before = await kept();
    const slider = page.locator('.constraint input[type=range]').first();
    await slider.focus();
    for (let i = 0; i < 10; i++) await page.keyboard.press('ArrowRight');
    await expect.poll(kept).toBeLessThan(before);
  });

  test('an axis is added, changed and removed; nonsense is refused and kept', async () => {
    const page = await visit_sweep();
    await unfold(page);
    const size = async () => Number(await page.locator('.sweep-size').getAttribute('data-total'));
    const before = await size();
    await page.locator('.sweep-form .add').first().click();
    const axis = page.locator('[data-axis]').last();
    await axis.locator('[data-axis-field=list]').fill('1000, 2000, 4000');
    await expect.poll(size).toBe(before * 3);
    await axis.locator('[data-axis-field=list]').fill('1000, x');
    await page.locator('[data-banner=sweep]').waitFor();
    expect(await axis.locator('[data-axis-field=list]').inputValue()).toBe('1000, x');
    await axis.locator('.remove').click();
    await expect.poll(size).toBe(before);
  });

  test('the calculator’s question can be taken as the base', async () => {
    const page = await visit();
    await page.locator('#full-prompt_tokens').fill('3000');
    await page.locator('[data-view=sweep]').click();
    await finished(page);
    await unfold(page);
    await page.locator('.sweep-form button', { hasText: 'Take the calculator' }).click();
    expect(await page.locator('.chips').innerText()).toContain('3,000');
  });

  test('files are downloaded', async () => {
    const page = await visit_sweep();
    const get = async (kind: string) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.locator(`[data-download=${kind}]`).click(),
      ]);
      return readFileSync((await file.path())!, 'utf8');
    };
    const csv = await get('csv');
    const lines = csv.trimEnd().split('\r\n');
    expect(lines).toHaveLength(30);
    expect(lines[0]).toMatch(/^device,nic_gbit_per_s,.*decode\.tokens_per_s_per_gpu/);
    const json = JSON.parse(await get('json'));
    expect(json.best_per).toHaveLength(29);
    expect(json.complete).toBe(true);
    expect(json.sweep.best_per.length).toBeGreaterThan(0);
  });
});

describe('everybody', () => {
  test.each(
    ['en-GB', 'zh-CN'].flatMap((locale) => (['light', 'dark'] as const).map((theme) => [locale, theme] as const)),
  )('axe finds nothing with everything open: %s, %s', async (locale, colorScheme) => {
    const page = await visit_sweep({ locale, colorScheme });
    await unfold(page);
    expect(await accessibility_violations(page)).toEqual([]);
    for (const table of ['top', 'pareto']) {
      await choose_table(page, table);
      expect(await accessibility_violations(page)).toEqual([]);
    }
  });

  test.each([320, 390, 1280])('at %i px nothing scrolls sideways', async (width) => {
    const page = await visit_sweep({ width, height: 800 });
    expect(await overflows_sideways(page)).toBe(false);
    await unfold(page);
    expect(await overflows_sideways(page)).toBe(false);
    expect(await accessibility_violations(page)).toEqual([]);
  });

  test('words follow the language', async () => {
    const page = await visit_sweep();
    await page.locator('[data-language=zh]').click();
    await expect.poll(() => page.locator('main h1').textContent()).toBe('扫描设计空间');
    const text = await page.locator('.sweep-page').innerText();
    expect(text).not.toMatch(/\{\w+\}|\b(parameter|quantity|note|choice|unit|error|sweep_preset)\.[a-z_]+/);
  });

  test('the calculator asks only for what its method knows', async () => {
    const page = await visit();
    await unfold(page);
    const shown = await page.evaluate(() => {
      const { moecalc } = globalThis as unknown as {
        moecalc: { parameters(): { parameters: { key: string; methods: string[]; group: string }[] } };
      };
      const of_others = moecalc
        .parameters()
        .parameters.filter(({ methods }) => methods.length > 0 && !methods.includes('reference'));
      return of_others.map(({ key }) => document.getElementById(`full-${key.replaceAll('.', '-')}`) !== null);
    });
    expect(shown.length).toBeGreaterThan(0);
    expect(shown).not.toContain(true);
  });
});
