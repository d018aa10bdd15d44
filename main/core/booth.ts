// Core as shell's utility process: an entry. It answers shell and the windows from the first moment on, while the engine is starting.
import packageJson from '../../package.json' with { type: 'json' };
import { boothContract, windowMessageSchema } from '../../preload/index.ts';
import { modelsDirOf } from '../packs/index.ts';
import { askToQuit, createHostSpawner, hostLine, serve } from '../processes/index.ts';
import { createBoothDesk } from './boothDesk.ts';
import { loadConfig } from './config/index.ts';
import { brandingDirOf } from './events/index.ts';
import { pagesDirOf } from './delivery/index.ts';
import { createHostVault } from './keys/index.ts';
import { derivativesDirOf } from './library/index.ts';
import { createLog } from './log.ts';
import { createSpooler, printsDirOf, templatesDirOf } from './printing/index.ts';
import { cloudHouseOf, galleryPagesDirOf } from './sync/index.ts';

const line = hostLine();
if (line === undefined) throw new Error('the booth runs inside Electron; without it there is the cli');

const loaded = await loadConfig(process.env);
// Settings that cannot be understood are no reason to show a guest nothing: the window opens as it does without any, and says so.
const settings = loaded.ok ? loaded : await loadConfig({});
if (!settings.ok) throw new Error('the defaults are settings');
const config = settings.value;
const { log, tail } = createLog(config.log.level);

const desk = createBoothDesk({
  config,
  fault: loaded.ok ? undefined : loaded.fault,
  modelsDir: modelsDirOf(import.meta.dirname),
  pagesDir: pagesDirOf(import.meta.dirname),
  printHouse: config.printing.isOn
    ? { templatesDir: templatesDirOf(import.meta.dirname), spooler: createSpooler({ config, line, log }) }
    : undefined,
  cloudHouse: cloudHouseOf(config, { env: process.env, pagesDir: galleryPagesDirOf(import.meta.dirname), log }),
  spawner: createHostSpawner(line),
  vault: createHostVault(line),
  log,
  logTail: tail,
  version: packageJson.version,
  quit: () => askToQuit(line),
});
line.on('message', ({ data, ports }) => {
  const port = ports.at(0);
  const message = windowMessageSchema.safeParse(data);
  if (port !== undefined && message.success) desk.connect(message.data.kind, port);
});

await serve(
  boothContract,
  () =>
    Promise.resolve({
      present: () => ({
        window: config.kiosk.window,
        derivativesDir: derivativesDirOf(config.libraryDir),
        brandingDir: brandingDirOf(config.libraryDir),
        printsDir: printsDirOf(config.libraryDir),
        usesSecondDisplay: config.staff.usesSecondDisplay,
      }),
      needsSetup: async () => ({ needsSetup: await desk.needsSetup() }),
      derive: async ({ sha256 }) => ({ isThere: await desk.derive(sha256) }),
    }),
  { beforeEnd: () => desk.stop() },
);
