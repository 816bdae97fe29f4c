// The built page's first screens. Into index.html go the numbers of the question that the page opens with; every preset and question gets a page at a real
// path, p/<id>/ (Chinese: zh/p/<id>/), with a preview card: the same page, opened at that question. Preview cards need absolute addresses: they are
// written when SITE_URL says where the page will be.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { runnerImport, type InlineConfig, type Plugin } from 'vite';
import { launch_browser } from '../../tests/browser/harness.mjs';
import { card_size } from '../src/share/card.ts';
import { escaped } from '../src/share/formats.ts';
import type { Native, Screen } from '../src/prerender/prerender';

interface Options {
  reading: InlineConfig; // how the page's modules are found: its components run here
  first_screens: string; // the file of scripts/first_screens.mjs
  pictures: string; // a folder where rendered cards are kept between builds
  site_url: string; // "https://example.org/moecalc/", or "" if not known
}

export function staticPages({ reading, first_screens, pictures, site_url }: Options): Plugin {
  return {
    name: 'static-pages',
    apply: 'build',
    enforce: 'post',
    async generateBundle(_options, bundle) {
      const index = bundle['index.html'];
      if (index?.type !== 'asset') throw new Error('there is no index.html');
      const { module } = await runnerImport<typeof import('../src/prerender/prerender')>(
        new URL('../src/prerender/prerender.tsx', import.meta.url).pathname,
        reading,
      );
      this.addWatchFile(first_screens);
      const template = String(index.source);
      const screens = module.prerender(JSON.parse(readFileSync(first_screens, 'utf8')) as Native);
      const drawn = await draw_cards(
        screens.map(({ card }) => card),
        pictures,
      );
      for (const screen of screens) {
        const folder = folder_of(screen);
        const source = page_of(template, screen, site_url);
        if (folder === '') index.source = source;
        else this.emitFile({ type: 'asset', fileName: `${folder}index.html`, source });
        this.emitFile({
          type: 'asset',
          fileName: `${folder}card.png`,
          source: drawn.get(screen.card)!,
        });
        if (site_url !== '') {
          const fileName = `${folder}oembed.json`;
          this.emitFile({ type: 'asset', fileName, source: JSON.stringify(oembed_of(screen, site_url)) });
        }
      }
      if (site_url !== '')
        this.emitFile({ type: 'asset', fileName: 'sitemap.xml', source: sitemap_of(screens, site_url) });
    },
  };
}

const folder_of = ({ id, language }: Pick<Screen, 'id' | 'language'>) =>
  `${language === 'zh' ? 'zh/' : ''}${id === '' ? '' : `p/${id}/`}`;

// The same page in a folder of its own: addresses go up as far as it went down.
export function page_of(template: string, screen: Screen, site_url: string): string {
  const { id, language, link, title, description, html } = screen;
  const folder = folder_of(screen);
  const up = '../'.repeat(folder.split('/').length - 1) || './';
  const is_zh = language === 'zh';
  const opens = id === '' ? '' : ` data-link="${escaped(link)}"`;
  const meta = site_url === '' ? '' : preview_of(screen, site_url);
  return template
    .replace('<!-- first screen -->', () => html)
    .replace(/="\.\//g, `="${up}`)
    .replace(/<html lang="en" data-home="[^"]*"/, `<html lang="${is_zh ? 'zh-CN' : 'en'}" data-home="${up}"${opens}`)
    .replace(/<title>[^<]*<\/title>/, () => `<title>${escaped(title)}</title>`)
    .replace(
      /(<meta\s+name="description"\s+content=")[^"]*"/,
      (_all, head: string) => `${head}${escaped(description)}"`,
    )
    .replace('</head>', () => `${meta}</head>`);
}

function preview_of(screen: Screen, site_url: string): string {
  const { id, language, title, description } = screen;
  const address = (path: string) => escaped(new URL(path, site_url).href);
  const folder = folder_of(screen);
  const other = (of: Screen['language']) => address(folder_of({ id, language: of }));
  const property = (name: string, content: string) => `<meta property="og:${name}" content="${content}" />`;
  return [
    `<link rel="canonical" href="${address(folder)}" />`,
    `<link rel="alternate" hreflang="en" href="${other('en')}" />`,
    `<link rel="alternate" hreflang="zh-CN" href="${other('zh')}" />`,
    `<link rel="alternate" type="application/json+oembed" href="${address(`${folder}oembed.json`)}" />`,
    property('type', 'website'),
    property('site_name', 'moecalc'),
    property('locale', language === 'zh' ? 'zh_CN' : 'en_US'),
    property('url', address(folder)),
    property('title', escaped(title)),
    property('description', escaped(description)),
    property('image', address(`${folder}card.png`)),
    property('image:width', '1200'),
    property('image:height', '630'),
    property('image:alt', escaped(description)),
    '<meta name="twitter:card" content="summary_large_image" />',
  ]
    .map((line) => `    ${line}\n`)
    .join('');
}

// oEmbed 1.0, type "rich".
export function oembed_of({ id, view, language, link, title }: Screen, site_url: string) {
  const address = (path: string) => new URL(path, site_url).href;
  const width = 720;
  const height = 620;
  const src = `${address('embed/1/embed.html')}?view=${embedded[view]}&lang=${language}#${link}`;
  return {
    version: '1.0',
    type: 'rich',
    title,
    provider_name: 'moecalc',
    provider_url: address(''),
    html: `<iframe src="${escaped(src)}" width="${width}" height="${height}" loading="lazy" title="${escaped(title)}"></iframe>`,
    width,
    height,
    thumbnail_url: address(`${folder_of({ id, language })}card.png`),
    thumbnail_width: 1200,
    thumbnail_height: 630,
  };
}

const embedded = { calculator: 'summary', plan: 'plan', sweep: 'pareto' };

function sitemap_of(screens: readonly Screen[], site_url: string): string {
  const rows = screens.map((screen) => `<url><loc>${escaped(new URL(folder_of(screen), site_url).href)}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${rows.join('\n')}\n</urlset>\n`;
}

// Chats and networks want a bitmap. A picture is kept until its card changes, so the browser is seldom started.
async function draw_cards(cards: readonly string[], pictures: string): Promise<Map<string, Uint8Array>> {
  const file_of = (svg: string) => join(pictures, `${createHash('sha256').update(svg).digest('hex').slice(0, 32)}.png`);
  const missing = cards.filter((svg) => !existsSync(file_of(svg)));
  if (missing.length > 0) {
    mkdirSync(pictures, { recursive: true });
    const browser = await launch_browser();
    const page = await browser.newPage({ viewport: card_size });
    for (const svg of missing) {
      await page.setContent(`<body style="margin: 0">${svg}`);
      await page.screenshot({ path: file_of(svg) });
    }
    await browser.close();
  }
  return new Map(cards.map((svg) => [svg, readFileSync(file_of(svg))]));
}
