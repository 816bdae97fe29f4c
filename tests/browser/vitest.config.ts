// The tests of the built page in headless Chromium: scripts/test browser.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import page from '../../vite.config.ts';

export default defineConfig({
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  resolve: { alias: page.resolve?.alias ?? [] }, // #engine: the parity test asks the wasm under node as well
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['**/*.test.ts'],
    setupFiles: ['setup.ts'],
    fileParallelism: false, // one Chromium at a time: measured times stay meaningful on two cores
    testTimeout: 120_000, // a busy machine is slow, not wrong
    hookTimeout: 60_000,
  },
});
