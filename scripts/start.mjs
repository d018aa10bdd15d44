/**
 * `npm start -- [option ...]`: sets up what is missing, then opens the app for a person at a screen, in a window that fits rather than
 * locked to the screen. FINDME_WINDOW=kiosk locks it, FINDME_WINDOW=1920x1080 (or another size) gives it that size.
 */
import { runElectron } from './run.mjs';
import { setUp } from './setup.mjs';
import { root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';
import { SetupError } from './setup/setupError.mjs';

/** The smallest that the screens are made for, so that it fits on a laptop's, too. */
const WINDOW = '1024x768';

await entry(async () => {
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    throw new SetupError('There is no display here to open the app on.', 'npm run demo, which needs none');
  }
  await setUp();
  return runElectron([root, ...process.argv.slice(2)], { env: { FINDME_WINDOW: process.env.FINDME_WINDOW ?? WINDOW } });
});
