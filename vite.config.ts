// Builds the page into dist/, and runs the page's unit tests (vitest).
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import type { Plugin } from 'vite';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The browser meets the module's name only after running the script. A preload link in the head starts
// the download together with the script's: one round trip less before the first number.
function preloadWasm(): Plugin {
  return {
    name: 'preload-wasm',
    transformIndexHtml: {
      order: 'post',
      handler(_html, { bundle }) {
        const names = Object.keys(bundle ?? {}).filter((name) => name.endsWith('.wasm'));
        return names.map((name) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'fetch', type: 'application/wasm', crossorigin: true, href: `./${name}` },
          injectTo: 'head' as const,
        }));
      },
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

export default defineConfig({
  root: at('./web'),
  base: './', // relative addresses: the same files work from any folder of any host
  cacheDir: at('./node_modules/.vite'),
  publicDir: at('./public'),
  resolve: {
    alias: [
      { find: /^#engine$/, replacement: at('./build/wasm/wasm_bindings/moecalc.mjs') },
      { find: /^#engine\.wasm/, replacement: at('./build/wasm/wasm_bindings/moecalc.wasm') },
      { find: /^#texts\//, replacement: at('./engine/texts/') },
    ],
  },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  plugins: [preloadWasm(), notice()],
  worker: { format: 'es' },
  build: {
    outDir: at('./dist'),
    emptyOutDir: true,
    target: 'es2022',
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
