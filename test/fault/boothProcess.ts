// The booth's engine as a process that can be killed, with its workers: it takes in what comes into a folder and says every now and then how it
// stands. Its settings come as JSON on the command line.
import { pino } from 'pino';
import { z } from 'zod';
import { configSchema, noVault } from '../../main/core/index.ts';
import { runEngine } from '../../main/core/engine.ts';
import { createChildProcessSpawner } from '../../main/processes/index.ts';
import { entriesDir, modelsDir } from '../fixtures/pack.ts';
import { jumpClock } from './jumpingClock.ts';

export const boothSettingsSchema = z.object({
  config: z.record(z.string(), z.unknown()),
  /** The system's clock is put forward and back while it runs. */
  hasJumpingClock: z.boolean().default(false),
});

/** One line of JSON. */
export const standingSchema = z.object({
  state: z.string(),
  stored: z.number(),
  indexed: z.number(),
  quarantined: z.number(),
  /** Files that are still to be taken in, and those that cannot be. */
  waiting: z.number(),
  troubled: z.number(),
  folder: z.string(),
  halted: z.string().optional(),
  workers: z.array(z.number()),
  coreRss: z.number(),
  workerRss: z.number(),
});

export type Standing = z.infer<typeof standingSchema>;

const everyMs = 200;

async function run(): Promise<void> {
  const settings = boothSettingsSchema.parse(JSON.parse(process.argv[2]));
  if (settings.hasJumpingClock) jumpClock();
  // What is forked has no loader for TypeScript, and needs none.
  process.execArgv = [];
  const nothing = () => undefined;
  const engine = runEngine({
    config: configSchema.parse(settings.config),
    modelsDir,
    spawner: createChildProcessSpawner({ entriesDir }),
    vault: noVault,
    version: 'fault',
    log: pino({ level: process.env['FINDME_LOG'] ?? 'silent' }, pino.destination(2)),
    onGround: nothing,
    onEvent: nothing,
    onState: nothing,
    onPhoto: nothing,
    onQueue: nothing,
  });
  const timer = setInterval(() => {
    const services = engine.services();
    const counts = services?.store.photos.count(services.eventId) ?? { stored: 0, indexed: 0, quarantined: 0 };
    const health = [...(services?.sources.health().values() ?? [])];
    const vision = services?.vision.health();
    const standing: Standing = {
      ...{ state: engine.state().at, ...counts },
      waiting: health.reduce((sum, { waiting }) => sum + waiting, 0),
      troubled: health.reduce((sum, { troubled }) => sum + troubled, 0),
      folder: health.at(0)?.state ?? 'none',
      halted: engine.halted()?.code,
      workers: vision?.pids ?? [],
      coreRss: process.memoryUsage.rss(),
      workerRss: Math.max(0, ...(vision?.rssBytes ?? [])),
    };
    process.stdout.write(`${JSON.stringify(standing)}\n`);
  }, everyMs);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
  clearInterval(timer);
  await engine.stop();
  process.exit(0);
}

if (process.argv[1] === import.meta.filename) await run();
