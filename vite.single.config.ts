// Builds dist/single/moecalc.html: the whole page and its embeds in one file, which opens from a disk and in a sandboxed frame
// from a host that lets nobody else read its files. Nothing is fetched, so its policy forbids even that.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vite';
import page, { splitTexts } from './vite.config.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

// A wasm as text: gzip in base64 is two thirds smaller than a data: address.
function packedWasm(): Plugin {
  return {
    name: 'packed-wasm',
    enforce: 'pre',
    load(id) {
      const [, file] = /^(.*\.wasm)\?url$/.exec(id) ?? [];
      if (!file) return undefined;
      const packed = gzipSync(readFileSync(file), { level: 9 }).toString('base64');
      return { code: `export default '${packed}'`, moduleType: 'js' };
    },
    // Emscripten's program names a file that it never asks for, being given the module.
    transform: {
      filter: { id: /\/moecalc(_rest)?\.mjs$/ },
      handler: (code) => code.replace(/new URL\("[^"]*\.wasm",import\.meta\.url\)\.toString\(\)/, '""'),
    },
  };
}

// Puts scripts and styles into the page, and their hashes into its policy.
function oneFile(): Plugin {
  return {
    name: 'one-file',
    enforce: 'post',
    generateBundle: {
      order: 'post', // after Vite's own last changes to the script
      handler(_options, bundle) {
        const files = Object.values(bundle);
        const asset = (ending: string) => {
          const found = files.filter((file) => file.type === 'asset' && file.fileName.endsWith(ending));
          if (found.length !== 1 || found[0]?.type !== 'asset') throw new Error(`${found.length} files *${ending}`);
          return String(found[0].source);
        };
        const scripts = files.filter((file) => file.type === 'chunk');
        const names = Object.keys(bundle);
        if (scripts.length !== 1 || names.length !== 4) throw new Error(`one script was expected: ${names.join(' ')}`);
        // In a string "<\/script" is the same and does not end the element.
        const script = scripts[0]!.code.replace(/<\/(?=script)/gi, '<\\/');
        const style = asset('.css');
        const licenses = `${readFileSync(at('./NOTICE'), 'utf8')}\n${asset('licenses.md')}`;
        if (/<!--|__VITE/.test(script) || style.includes('</') || licenses.includes('-->')) {
          throw new Error('this would not survive in a page');
        }
        const icon = readFileSync(at('./public/icon.svg')).toString('base64');
        const policy = [
          "default-src 'none'",
          `script-src ${hash(script)} 'wasm-unsafe-eval'`,
          `style-src ${hash(style)}`,
          'img-src data: blob:',
          "base-uri 'none'",
          "form-action 'none'",
        ].join('; ');
        const head = [
          `<link rel="icon" href="data:image/svg+xml;base64,${icon}" type="image/svg+xml" />`,
          `<style>${style}</style>`,
          `<script type="module">${script}</script>`,
        ];
        const text = asset('single.html')
          .replace(/ *<(script|link)\b[^>]*"\.\/[^>]*>(<\/script>)?\n/g, '')
          .replace(/<meta charset[^>]*>/, `$&\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`)
          .replace('</head>', () => `${head.join('\n')}\n</head>`)
          .replace('</html>', () => `</html>\n<!--\n${licenses}-->`);
        for (const name of names) delete bundle[name];
        this.emitFile({ type: 'asset', fileName: 'moecalc.html', source: text });
      },
    },
  };
}

export default defineConfig({
  root: page.root!,
  base: './',
  cacheDir: page.cacheDir!,
  publicDir: false,
  resolve: {
    alias: [
      { find: /^\.\/compile$/, replacement: at('./web/src/single/compile.ts') },
      { find: /^\.\/browser_workers$/, replacement: at('./web/src/single/browser_workers.ts') },
      ...(page.resolve!.alias as { find: RegExp; replacement: string }[]),
    ],
  },
  oxc: page.oxc!,
  plugins: [splitTexts(), packedWasm(), oneFile()],
  build: {
    outDir: at('./dist/single'),
    emptyOutDir: true,
    target: page.build!.target!,
    cssCodeSplit: false,
    modulePreload: false,
    license: { fileName: 'licenses.md' },
    rolldownOptions: { input: at('./web/single.html'), output: { codeSplitting: false } },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 10_000,
  },
});
