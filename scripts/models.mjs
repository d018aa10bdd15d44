/**
 * `npm run models -- <list | install PACK | verify | use PACK>`: the command line tool's `models`, where the person stands.
 */
import { join } from 'node:path';
import { runNode } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';

await entry(async () => {
  await setUp();
  return runNode([join(root, 'out', 'main', 'cli.js'), 'models', ...process.argv.slice(2)]);
});
