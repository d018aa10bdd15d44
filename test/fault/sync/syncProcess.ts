// What a booth syncs with, as a process that can be killed: its library, its keys, and the cloud that its settings name, wired as the booth does. It does
// to the library what it is told, as lines of JSON on its standard input, and says every now and then how far it is.
import { mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { z } from 'zod';
import { wrongClock } from '../wrongClock.ts';
import { createHands } from './hands.ts';
import { openLibrary } from './openLibrary.ts';
import { takeNames } from './names.ts';
import { cloudHouseOf, createSync } from '../../../main/core/sync/index.ts';
import { configSchema } from '../../../main/core/index.ts';

export const settingsSchema = z.object({
  config: z.record(z.string(), z.unknown()),
  pagesDir: z.string(),
  aheadMs: z.number(),
  passedMs: z.number(),
});

export const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('work'), seed: z.number() }),
  z.object({ do: z.literal('show-large'), seed: z.number() }),
  /** As the crew does, who have seen to it. */
  z.object({ do: z.literal('retry') }),
  z.object({ do: z.literal('names'), isDown: z.boolean() }),
  z.object({ do: z.literal('set-clock'), aheadMs: z.number() }),
  z.object({ do: z.literal('pass'), ms: z.number() }),
]);

/** One line of JSON. */
export const saidSchema = z.discriminatedUnion('say', [
  z.object({
    say: z.literal('standing'),
    state: z.string(),
    fault: z.string().optional(),
    /** What is to be done in the cloud. */
    rows: z.number(),
    /** Commands that are done. */
    obeyed: z.number(),
    /** Connections that were begun. */
    connections: z.number(),
  }),
  z.object({ say: z.literal('named'), visitId: z.string(), contentsId: z.string(), doorId: z.string() }),
]);

export type Settings = z.infer<typeof settingsSchema>;
export type Command = z.infer<typeof commandSchema>;
export type Said = z.infer<typeof saidSchema>;

const everyMs = 50;

async function run(): Promise<void> {
  const settings = settingsSchema.parse(JSON.parse(process.argv[2]));
  const clock = wrongClock();
  clock.setAhead(settings.aheadMs);
  clock.pass(settings.passedMs);
  const names = takeNames();
  const log = pino({ level: process.env['FINDME_LOG'] ?? 'silent' }, pino.destination(2));
  const { libraryDir, cloud } = configSchema.parse(settings.config);
  const house = cloudHouseOf({ cloud }, { env: process.env, pagesDir: settings.pagesDir, log });
  if (house === undefined) throw new Error('the settings name no cloud');
  mkdirSync(libraryDir, { recursive: true });

  const ground = await openLibrary(libraryDir);
  const { store, eventKeys } = ground;
  const begun = store.syncTo(house.places);
  if (!begun.ok) throw new Error(begun.fault.code);
  const lanes = await house.open(ground);
  const sync = createSync({ ...house, store, lanes, log });
  const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`);
  const hands = createHands({
    ...{ libraryDir, store, eventKeys },
    filesOf: (sha256) => ground.derivatives.filesOf(sha256),
    onNamed: (named) => say({ say: 'named', ...named }),
  });
  hands.goOn();
  sync.start();

  let obeyed = 0;
  async function obey(command: Command): Promise<void> {
    switch (command.do) {
      case 'work':
        return hands.work(command.seed);
      case 'show-large':
        return hands.showLarge(command.seed);
      case 'retry':
        sync.retry();
        return;
      case 'names':
        names.isDown = command.isDown;
        return;
      case 'set-clock':
        clock.setAhead(command.aheadMs);
        return;
      case 'pass':
        clock.pass(command.ms);
        return;
    }
  }

  let last = Promise.resolve();
  createInterface({ input: process.stdin }).on('line', (line) => {
    last = last.then(() => obey(commandSchema.parse(JSON.parse(line)))).then(() => void (obeyed += 1));
  });
  const timer = setInterval(() => {
    const bucket = sync.progress().lanes.at(0);
    if (bucket === undefined) return;
    const rows = [...store.outbox.waiting(), ...store.outbox.removals()].reduce((sum, { count }) => sum + count, 0);
    const { state, fault } = bucket;
    say({ say: 'standing', state, fault: fault?.code, rows, obeyed, connections: names.asked() });
  }, everyMs);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
  clearInterval(timer);
  await last;
  await sync.stop();
  store.close();
  process.exit(0);
}

if (process.argv[1] === import.meta.filename) await run();
