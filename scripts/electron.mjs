/** `node scripts/electron.mjs APP [argument ...]`: runs an app on the Electron runtime, on a virtual display where there is none. */
import { runElectron } from './run.mjs';
import { entry } from './setup/entry.mjs';

await entry(() => runElectron(process.argv.slice(2)));
