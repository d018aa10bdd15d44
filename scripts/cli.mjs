/**
 * `npm run cli -- <command>`: sets up what is missing, then runs the command line tool where the person stands. stdout is the tool's
 * alone, so that `npm run --silent cli -- match … --json` can be piped.
 */
import { join } from 'node:path';
import { runNode } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';

await entry(async () => {
  await setUp();
  return runNode([join(root, 'out', 'main', 'cli.js'), ...process.argv.slice(2)]);
});
