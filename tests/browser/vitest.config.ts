// The tests of the built page in headless Chromium: scripts/test browser.
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  cacheDir: fileURLToPath(new URL('../../node_modules/.vite', import.meta.url)),
  test: {
    root: fileURLToPath(new URL('.', import.meta.url)),
    include: ['**/*.test.ts'],
    fileParallelism: false, // one Chromium at a time: measured times stay meaningful on two cores
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
