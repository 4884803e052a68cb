import { defineConfig } from 'vitest/config';

/** Two worker threads: many tests wait for sockets, and continuous integration has two cores. */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    pool: 'threads',
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**', 'models/**'], reportsDirectory: 'coverage' },
  },
});
