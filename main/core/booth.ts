// Core as shell's utility process: an entry. It answers shell and the windows from the first moment on, while the engine is starting.
import { pino } from 'pino';
import { boothContract, windowMessageSchema } from '../../preload/index.ts';
import { modelsDirOf } from '../packs/index.ts';
import { createHostSpawner, hostLine, serve } from '../processes/index.ts';
import { loadConfig } from './config/index.ts';
import { runEngine, type RunningEngine } from './engine.ts';
import { brandingOf, createKioskServer, kioskOf } from './kiosk/index.ts';
import { derivativesDirOf } from './library/index.ts';

const line = hostLine();
if (line === undefined) throw new Error('the booth runs inside Electron; without it there is the cli');

const loaded = await loadConfig(process.env);
// Settings that cannot be understood are no reason to show a guest nothing: the window opens as it does without any, and says so.
const settings = loaded.ok ? loaded : await loadConfig({});
if (!settings.ok) throw new Error('the defaults are settings');
const config = settings.value;
const log = pino({ level: config.log.level }, pino.destination({ fd: 2, sync: true }));

const server = createKioskServer({ kiosk: kioskOf(config), log });
line.on('message', ({ data, ports }) => {
  const port = ports.at(0);
  if (port !== undefined && windowMessageSchema.safeParse(data).success) server.connect(port);
});

const modelsDir = modelsDirOf(import.meta.dirname);
let engine: RunningEngine | undefined;
if (loaded.ok) {
  engine = runEngine({
    config,
    modelsDir,
    spawner: createHostSpawner(line),
    log,
    tell: (...news) => server.setEngine(...news),
  });
} else {
  log.error({ fault: loaded.fault }, 'the settings cannot be understood');
  server.setEngine({ at: 'failed', code: loaded.fault.code });
}

await serve(
  boothContract,
  () =>
    Promise.resolve({
      present: () => ({
        window: config.kiosk.window,
        derivativesDir: derivativesDirOf(config.libraryDir),
        branding: brandingOf(config.event),
      }),
      derive: async ({ sha256 }) => ({ isThere: (await engine?.derive(sha256)) ?? false }),
    }),
  { beforeEnd: () => engine?.stop() },
);
