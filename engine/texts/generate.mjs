// Writes the dictionaries en.json and zh.json as one constant C++ table, sorted by key, for the command line.
// Usage: node generate.mjs OUT_DIR. The page imports the JSON files themselves.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname ?? new URL('.', import.meta.url).pathname;
const read = (language) => JSON.parse(readFileSync(join(here, `${language}.json`), 'utf8'));
const en = read('en');
const zh = read('zh');

const missing = [
  ...Object.keys(en).filter((key) => !(key in zh)).map((key) => `zh.json lacks ${key}`),
  ...Object.keys(zh).filter((key) => !(key in en)).map((key) => `en.json lacks ${key}`),
];
if (missing.length > 0) {
  console.error(missing.join('\n'));
  process.exit(1);
}

// JSON escapes are C++ escapes, but for \/ and \u, which stringify writes only for control characters.
const literal = (text) => JSON.stringify(text).replaceAll('??', '?\\?');
const byBytes = (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));
const rows = Object.keys(en)
  .sort(byBytes)
  .map((key) => `    {${literal(key)}, {${literal(en[key])}, ${literal(zh[key])}}},`);

const outDir = process.argv[2];
mkdirSync(outDir, { recursive: true });
writeFileSync(join(outDir, 'texts.inc'), rows.join('\n') + '\n');
