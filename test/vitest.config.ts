import { defineConfig } from 'vitest/config';

/**
 * Two processes: many tests wait for sockets, and continuous integration has two cores. No threads:
 * Node 24 has crashed (segmentation fault) where one ended with sockets of TLS still open.
 */
export default defineConfig({
  test: {
    environment: 'node',
    include: ['test/**/*.test.ts'],
    exclude: ['test/interop/**'],
    testTimeout: 90_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    pool: 'forks',
    maxWorkers: 2,
    coverage: { provider: 'v8', include: ['src/**', 'models/**'], reportsDirectory: 'coverage' },
  },
});
