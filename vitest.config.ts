import path from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const common = { pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 } as const;
const app = { ...common, globalSetup: 'test/e2e/stagesDir.ts' };

// On two cores: much of a test is waiting for a process, a disk or a clock.
const together = { maxWorkers: 3, sequence: { groupOrder: 0 } };
// A guest has the machine to themselves: one app at a time, after everything else.
const alone = { maxWorkers: 1, fileParallelism: false, sequence: { groupOrder: 1 } };

/** Apps whose tests hold nobody to a time; and most of theirs is waiting, which others can use. */
const patient = [
  ...['accessibility', 'camera', 'cloud', 'cloudGallery', 'lockdown', 'messages', 'package', 'station'],
].map((name) => `test/e2e/${name}.test.ts`);

/** Files that take long for their size, the longest first; all others follow as vitest would have them. */
const long = [
  ...[
    'accessibility',
    'anotherPack',
    'faults',
    'evaluate',
    'restore',
    'cli',
    'package',
    'printing',
    'visits',
    'intake',
    'desk',
    'transfer',
    'erasure',
  ],
  ...['vision', 'interruption', 'processes', 'wholeness', 'looks', 'rawPreview'],
];

/** So that all workers end at the same time. Where no tests have run before, vitest goes by the size of the files, and by projects first of all. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const placeOf = ({ moduleId }: TestSpecification) => {
      const place = long.indexOf(path.basename(moduleId, '.test.ts'));
      return place === -1 ? long.length : place;
    };
    // What is to come after everything else does so all the same.
    return (await super.sort(files)).sort((a, b) => placeOf(a) - placeOf(b));
  }
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      // Real workers, real models: a file has its own process.
      { test: { ...common, ...together, name: 'engine', include: ['test/integration/**/*.test.ts'] } },
      // These leave nothing behind, and for most of them a process would take longer than the tests.
      { test: { ...common, ...together, name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false } },
      { test: { ...app, ...together, name: 'app-patient', include: patient } },
      { test: { ...app, ...alone, name: 'app', include: ['test/e2e/**/*.test.ts'], exclude: patient } },
    ],
  },
});
