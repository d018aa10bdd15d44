/**
 * `npm run demo`: what the app does, on a handful of sample photos that a development dependency brings along. Four are the event's; of the
 * other two one serves as the selfie of a guest who is in one of the four, one as that of a stranger, who must get nothing.
 */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, runNode, runtime } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';

const samples = join(root, 'node_modules', '@vladmandic', 'face-api', 'demo');
const EVENT_PHOTOS = ['sample2.jpg', 'sample3.jpg', 'sample4.jpg', 'sample5.jpg'];
const GUEST = 'sample1.jpg';
const STRANGER = 'sample6.jpg';

await entry(async () => {
  await setUp();
  process.stdout.write(`FindMe Kiosk demo, on ${describe(await runtime())}\n`);

  const folder = join(root, 'out', 'demo');
  const photos = await layOut(folder);
  const folders = ['--photos', photos, '--library', join(folder, 'library')];
  const scenes = [
    { title: 'The photographer’s card goes in', args: ['ingest', ...folders] },
    { title: 'A guest looks for her photos', args: ['match', ...folders, '--selfie', join(samples, GUEST)] },
    { title: 'A stranger looks, too', args: ['match', ...folders, '--selfie', join(samples, STRANGER)] },
  ];
  for (const { title, args } of scenes) {
    process.stdout.write(`\n${title}\n  npm run cli -- ${args.join(' ')}\n\n`);
    const code = await runNode([join(root, 'out', 'main', 'cli.js'), ...args], { cwd: root });
    if (code !== 0) return code;
  }
  return 0;
});

/**
 * Starts afresh each time: an empty library, and a folder that holds the event's photos and nothing else.
 * @param {string} folder
 */
async function layOut(folder) {
  const photos = join(folder, 'photos');
  await rm(folder, { recursive: true, force: true });
  await mkdir(photos, { recursive: true });
  await Promise.all(EVENT_PHOTOS.map((name) => copyFile(join(samples, name), join(photos, name))));
  return photos;
}
