import { defineConfig } from 'vitest/config';

// Real workers, real models: a file has its own process.
const common = { pool: 'forks', testTimeout: 60_000, hookTimeout: 60_000 } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          ...common,
          name: 'engine',
          include: ['test/{unit,integration}/**/*.test.ts'],
          // Two cores are soon full.
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          ...common,
          name: 'app',
          include: ['test/e2e/**/*.test.ts'],
          // One app at a time, after everything else: a guest has the machine to themselves.
          maxWorkers: 1,
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
