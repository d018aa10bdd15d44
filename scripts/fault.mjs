/** `npm run test:fault -- [NAME]`: the faults in test/fault, on the runtime's Node.js. */
import { join } from 'node:path';
import { runNode } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';

await entry(async () => {
  await setUp();
  // Resolved now: before the set-up there may be no tsx.
  const typescript = import.meta.resolve('tsx');
  return runNode(['--import', typescript, join(root, 'test', 'fault', 'index.ts'), ...process.argv.slice(2)]);
});
