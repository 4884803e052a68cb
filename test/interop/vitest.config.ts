import { defineConfig } from 'vitest/config';

/** Real peers: one at a time, minutes rather than seconds. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/interop/**/*.test.ts'],
    testTimeout: 600_000,
    hookTimeout: 700_000,
    fileParallelism: false,
    maxWorkers: 1,
  },
});
