/** `npm run photographer -- --folder DIR`: fills a folder with photos as a photographer's program does (test/fixtures/photographer/main.ts). */
import { join } from 'node:path';
import { runNode } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';

await entry(async () => {
  await setUp();
  // Resolved now: before the set-up there may be no tsx.
  const typescript = import.meta.resolve('tsx');
  const program = join(root, 'test', 'fixtures', 'photographer', 'main.ts');
  return runNode(['--import', typescript, program, ...process.argv.slice(2)]);
});
