/**
 * `npm run demo`: the real app at an event, where a photographer hands in bursts of four sample pictures that a development dependency brings
 * along. With a display and a camera it is opened for whoever stands there; elsewhere a guest and a stranger before a fake webcam walk through it
 * (test/e2e/demo.ts).
 */
import { join } from 'node:path';
import { describe, runNode, runtime } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';

await entry(async () => {
  await setUp();
  process.stdout.write(`FindMe Kiosk demo, on ${describe(await runtime())}\n`);
  // Resolved now: before the set-up there may be no tsx.
  const typescript = import.meta.resolve('tsx');
  return runNode(['--import', typescript, join(root, 'test', 'e2e', 'demo.ts')]);
});
