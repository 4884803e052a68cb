const results = process.env['ALLURE_RESULTS'];

/** In an ESM configuration the default export is the default profile itself. */
export default {
  import: ['features/steps/index.ts'],
  format: ['progress', ...(results ? [['allure-cucumberjs/reporter', 'reports/.allure.txt']] : [])],
  formatOptions: results ? { resultsDir: results } : {},
  forceExit: true,
};
