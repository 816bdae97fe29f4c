// Builds the page into dist/, and runs the page's unit tests (vitest).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { InlineConfig, Plugin } from 'vite';
import { write_service_worker } from './scripts/service_worker.mjs';
import { staticPages } from './web/plugins/static_pages.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The browser meets the names of the wasm and of the entry's first import only after running the script. Preload links
// in the head start these downloads together with the script's: one round trip less before the first number.
function preloadFirst(): Plugin {
  return {
    name: 'preload-first',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle = {}, chunk }) {
        const link = (attrs: Record<string, string | boolean>) => ({ tag: 'link', attrs, injectTo: 'head' as const });
        const modules = Object.values(bundle).filter((file) => file.type === 'chunk');
        const start = modules.find(
          ({ name, fileName }) => name === 'start' && chunk?.dynamicImports.includes(fileName),
        );
        if (!chunk || !start) return [];
        // With what it imports in turn, except what the page names already: the entry and its imports.
        const named = new Set([chunk.fileName, ...chunk.imports]);
        const needed = [start.fileName, ...start.imports].filter((each) => !named.has(each));
        return [
          ...Object.keys(bundle)
            .filter((name) => /\bmoecalc-[^/]*\.wasm$/.test(name))
            .map((name) =>
              link({ rel: 'preload', as: 'fetch', type: 'application/wasm', crossorigin: true, href: `./${name}` }),
            ),
          ...needed.map((each) => link({ rel: 'modulepreload', crossorigin: true, href: `./${each}` })),
        ];
      },
    },
  };
}

// The engine's words in two parts: what the first screen may need (?first), and what is read later (?later), which is
// most of it. Words of the command line are left out.
const read_later = new RegExp(
  [
    String.raw`^(quirk|symbol|source|conclusion|origin|fact|state|kind|plan|sweep_preset|config_note)\.`,
    String.raw`^(operator|ledger|resource|quantity_group)\.`,
    String.raw`^(quantity|preset|group)\..*\.hint$`,
    String.raw`^parameter\.(model|prefill|economics)\..*\.hint$`,
    String.raw`^(parameter|group)\.(balance|purchase)\b`,
  ].join('|'),
);
export function splitTexts(): Plugin {
  return {
    name: 'split-texts',
    enforce: 'pre',
    load(id) {
      const [, file, part] = /^(.*\/engine\/texts\/\w+\.json)\?(first|later)$/.exec(id) ?? [];
      if (!file) return undefined;
      this.addWatchFile(file);
      const words = Object.entries(JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>);
      const kept = words.filter(([key]) => !key.startsWith('cli.') && read_later.test(key) === (part === 'later'));
      // JSON.parse of a text is faster than the same as a program.
      const text = JSON.stringify(JSON.stringify(Object.fromEntries(kept)));
      return { code: `export default JSON.parse(${text})`, moduleType: 'js' };
    },
  };
}

// What articles name stays: the embed of protocol 1 is at embed/1/embed.html for ever, whatever becomes of the page. It is
// the same page, two folders down.
const embed_protocol = 1;
function publishedEmbed(): Plugin {
  return {
    name: 'published-embed',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const embed = bundle['embed.html'];
      if (embed?.type !== 'asset') throw new Error('there is no embed.html');
      const source = String(embed.source).replace(/="\.\//g, '="../../');
      this.emitFile({ type: 'asset', fileName: `embed/${embed_protocol}/embed.html`, source });
    },
  };
}

// Who made what is inside the wasm; licenses.md (build.license) says it for the npm packages.
function notice(): Plugin {
  return {
    name: 'notice',
    apply: 'build',
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'NOTICE.txt', source: readFileSync(at('./NOTICE')) });
    },
  };
}

// Its list of files is that of the finished folder, so it comes last.
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    apply: 'build',
    enforce: 'post',
    closeBundle: { order: 'post', handler: () => write_service_worker(at('./dist')) },
  };
}

// How modules are found and read: by the page, by its tests, and where its components are run at build time.
const reading: Pick<InlineConfig, 'resolve' | 'oxc'> = {
  resolve: {
    alias: [
      { find: /^#engine$/, replacement: at('./build/wasm/wasm_bindings/moecalc.mjs') },
      { find: /^#engine\.wasm/, replacement: at('./build/wasm/wasm_bindings/moecalc.wasm') },
      { find: /^#engine_rest$/, replacement: at('./build/wasm/wasm_bindings/moecalc_rest.mjs') },
      { find: /^#engine_rest\.wasm/, replacement: at('./build/wasm/wasm_bindings/moecalc_rest.wasm') },
      { find: /^#catalogue$/, replacement: at('./build/catalogue.json') },
      { find: /^#validation$/, replacement: at('./build/validation.json') },
      { find: /^#texts\//, replacement: at('./engine/texts/') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
};

export default defineConfig({
  root: at('./web'),
  base: './', // relative addresses: the same files work from any folder of any host
  cacheDir: at('./node_modules/.vite'),
  publicDir: at('./public'),
  ...reading,
  plugins: [
    preloadFirst(),
    splitTexts(),
    publishedEmbed(),
    staticPages({
      reading,
      first_screens: at('./build/first_screens.json'),
      pictures: at('./build/cards'),
      site_url: process.env['SITE_URL'] ?? '',
    }),
    notice(),
    serviceWorker(),
  ],
  worker: { format: 'es' },
  build: {
    outDir: at('./dist'),
    emptyOutDir: true,
    target: 'es2022',
    rolldownOptions: { input: ['index', 'embed', 'embedding'].map((page) => at(`./web/${page}.html`)) },
    assetsInlineLimit: 0, // data: addresses would break the content security policy, and hide sizes
    modulePreload: { polyfill: false },
    license: { fileName: 'licenses.md' },
    reportCompressedSize: false, // scripts/sizes reports and gates
    chunkSizeWarningLimit: 1000,
  },
  test: {
    root: at('.'),
    include: ['web/src/**/*.test.{ts,tsx}', 'tests/web/**/*.test.{ts,tsx}'],
  },
});
