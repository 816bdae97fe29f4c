// Writes dist/sw.js: web/src/offline/service_worker.js with the list of files that the page may need and their hashes.
// vite.config.ts does it after every build; node scripts/service_worker.mjs [FOLDER] after a file was changed by hand.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const template = fileURLToPath(new URL('../web/src/offline/service_worker.js', import.meta.url));

// All that a page can ask for. Not licences, not what sites show of a link (cards, oEmbed), not the page as a single file.
const needed = /\.(html|m?js|css|wasm|json|svg|ico|webmanifest)$|^icon-[^/]*\.png$/;
const left_out = /^(sw\.js|single\/)|(^|\/)oembed\.json$/;

/** @param {string} folder of the built page */
export function write_service_worker(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => needed.test(name) && !left_out.test(name))
    .sort();
  const files = Object.fromEntries(
    names.map((name) => [
      name.replace(/(^|\/)index\.html$/, '$1'), // as it is asked for
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('base64'),
    ]),
  );
  const source = readFileSync(template, 'utf8');
  const list = JSON.stringify(files, null, 1);
  const build = createHash('sha256').update(source).update(list).digest('hex').slice(0, 12);
  const written = source.replace('__FILES__', () => list).replace('__BUILD__', () => `'${build}'`);
  writeFileSync(join(folder, 'sw.js'), written);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) write_service_worker(process.argv[2] ?? 'dist');
