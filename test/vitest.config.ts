import { defineConfig, type TestUserConfig } from 'vitest/config';

/** Where results for Allure go, beside those of Cucumber; without it nobody wants any. */
const results = process.env['ALLURE_RESULTS'];

function allure(resultsDir: string): Pick<TestUserConfig, 'reporters' | 'setupFiles'> {
  return {
    reporters: ['default', ['allure-vitest/reporter', { resultsDir }]],
    setupFiles: ['allure-vitest/setup'],
  };
}

/**
 * Two processes: many tests wait for sockets, and continuous integration has two cores. No threads:
 * Node 24 has crashed (segmentation fault) where one ended with sockets of TLS still open.
 */
export default defineConfig({
  test: {
    environment: 'node',
    ...(results ? allure(results) : {}),
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
