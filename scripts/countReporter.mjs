/**
 * A vitest reporter that writes how many tests passed, failed and were skipped to the file FINDME_TEST_COUNTS names; scripts/test.mjs
 * makes its closing line of it. What failed outside of any test (a file that cannot be loaded, an error after the end) counts as one.
 */
import { writeFileSync } from 'node:fs';

export default class CountReporter {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      counts.failed += module.errors().length;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        // 'pending' is left where a run was cut short: it neither passed nor failed.
        counts[state === 'pending' ? 'skipped' : state]++;
      }
    }
    const file = process.env.FINDME_TEST_COUNTS;
    if (file !== undefined) writeFileSync(file, JSON.stringify(counts));
  }
}
