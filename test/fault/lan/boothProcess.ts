// The booth with its server for phones, as a process of its own: what is done to it over the network can be the end of it, and its memory is its own.
// Its settings come as JSON on the command line; it says on stdout how it stands, and on stderr everything that it logs.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { pino } from 'pino';
import { z } from 'zod';
import { createDelivery, pagesDirOf, type PhoneServices } from '../../../main/core/delivery/index.ts';
import { runEngine, type RunningEngine } from '../../../main/core/engine.ts';
import { brandingDirOf, type BoothEvent } from '../../../main/core/events/index.ts';
import type { Ground } from '../../../main/core/ground/index.ts';
import { configSchema, noVault } from '../../../main/core/index.ts';
import { createChildProcessSpawner } from '../../../main/processes/index.ts';
import { entriesDir, modelsDir } from '../../fixtures/pack.ts';

export const settingsSchema = z.object({
  config: z.record(z.string(), z.unknown()),
  /** Of `phones`, another server for each, beside that of the configuration. */
  moreServers: z.array(z.record(z.string(), z.unknown())),
  limits: z.record(z.enum(['requestMs', 'handshakeMs', 'headersMs', 'keepAliveMs', 'silentMs']), z.number()),
});

/** One line of JSON. */
export const standingSchema = z.object({
  state: z.string(),
  /** Of each server, once phones are served. */
  ports: z.array(z.number()),
  rssBytes: z.number(),
  sockets: z.number(),
  /** The longest that anything had to wait for its turn so far. */
  longestTurnMs: z.number(),
});

const everyMs = 50;

async function run(): Promise<void> {
  const { config: given, moreServers, limits } = settingsSchema.parse(JSON.parse(process.argv[2]));
  // What is forked has no loader for TypeScript, and needs none.
  process.execArgv = [];
  const config = configSchema.parse(given);
  const log = pino({ level: 'trace' }, pino.destination({ fd: 2, sync: true }));
  let event: BoothEvent | undefined;
  let ground: Ground | undefined;
  // Phones may ask before there is any.
  const at: { engine?: RunningEngine } = {};
  const nothing = () => undefined;

  const services = (): PhoneServices | undefined => {
    const serving = at.engine?.services();
    if (serving === undefined || event?.id !== serving.eventId) return undefined;
    return { event, guests: serving.phoneGuests, downloads: serving.downloads };
  };
  const deliveries = [config, ...moreServers.map((phones) => configSchema.parse({ ...given, phones }))].map((config) =>
    createDelivery({
      ...{ config, limits, log, services },
      pagesDir: pagesDirOf(entriesDir),
      brandingDir: brandingDirOf(config.libraryDir),
      event: () => event,
      eventOfCode: (code) => ground?.events.find(code),
      consentsOf: (of) => ground?.events.consentsOf(of, 'phone') ?? {},
      onChanged: nothing,
    }),
  );
  for (const delivery of deliveries) {
    const started = await delivery.start();
    if (!started.ok) throw new Error(started.fault.code);
  }
  const portOf = (url = '') => Number(new URL(url).port);
  const engine = runEngine({
    ...{ config, modelsDir, log, vault: noVault, version: 'fault' },
    spawner: createChildProcessSpawner({ entriesDir }),
    onGround: (opened) => (ground = opened),
    onEvent: (now) => (event = now),
    ...{ onState: nothing, onPhoto: nothing, onQueue: nothing },
  });

  at.engine = engine;
  const turns = monitorEventLoopDelay({ resolution: 10 });
  turns.enable();
  const timer = setInterval(() => {
    const standing: z.infer<typeof standingSchema> = {
      state: engine.state().at,
      ports: deliveries.map((delivery) => portOf(delivery.galleryUrlOf('none'))),
      rssBytes: process.memoryUsage.rss(),
      sockets: process.getActiveResourcesInfo().filter((resource) => resource === 'TCPSocketWrap').length,
      longestTurnMs: Math.round(turns.max / 1e6),
    };
    process.stdout.write(`${JSON.stringify(standing)}\n`);
  }, everyMs);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
  clearInterval(timer);
  for (const delivery of deliveries) await delivery.stop();
  await engine.stop();
  process.exit(0);
}

if (process.argv[1] === import.meta.filename) await run();
