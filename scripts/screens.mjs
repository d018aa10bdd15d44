/** `npm run screens`: takes the pictures in docs/screens anew, from the real app (test/e2e/screens.ts). */
import { join } from 'node:path';
import { runNode } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';

await entry(async () => {
  await setUp();
  // Resolved now: before the set-up there may be no tsx.
  const typescript = import.meta.resolve('tsx');
  return runNode(['--import', typescript, join(root, 'test', 'e2e', 'screens.ts')]);
});
