// The booth's engine with its printers as a process that can be killed: it orders prints when it is told to, as a guest's and the crew's windows would, and
// says every now and then how the sheets stand. Its settings come as JSON on the command line, what it is to do as lines of JSON on its standard input.
import { createInterface } from 'node:readline';
import { pino } from 'pino';
import { z } from 'zod';
import { runEngine } from '../../../main/core/engine.ts';
import { configSchema, noVault } from '../../../main/core/index.ts';
import { createSpooler } from '../../../main/core/printing/index.ts';
import { createChildProcessSpawner } from '../../../main/processes/index.ts';
import { entriesDir, modelsDir, templatesDir } from '../../fixtures/pack.ts';

export const commandSchema = z.discriminatedUnion('do', [
  z.object({ do: z.literal('order'), photo: z.number(), copies: z.number() }),
  /** The crew has looked into the tray. */
  z.object({ do: z.literal('answer'), sheetId: z.number(), cameOut: z.boolean() }),
]);

/** One line of JSON. */
export const saidSchema = z.discriminatedUnion('say', [
  z.object({
    say: z.literal('standing'),
    photos: z.number(),
    /** Whether anything can be ordered. */
    isReady: z.boolean(),
    toPrint: z.number(),
    printed: z.number(),
    /** What the crew is asked about: each sheet with the title that its job has. */
    unclear: z.array(z.object({ sheetId: z.number(), title: z.string() })),
  }),
  /** Of an order; none where it was not taken. */
  z.object({ say: z.literal('ordered'), orderId: z.string().optional(), copies: z.number() }),
]);

export type Command = z.infer<typeof commandSchema>;
export type Said = z.infer<typeof saidSchema>;

/** As the queue calls a sheet where it hands it over. */
export const titleOf = (orderId: string, number: number): string => `${orderId.slice(0, 8)}-${String(number)}`;

const everyMs = 200;

async function run(): Promise<void> {
  const config = configSchema.parse(JSON.parse(process.argv[2]));
  // What is forked has no loader for TypeScript, and needs none.
  process.execArgv = [];
  const nothing = () => undefined;
  const log = pino({ level: process.env['FINDME_LOG'] ?? 'silent' }, pino.destination(2));
  const engine = runEngine({
    ...{ config, modelsDir, vault: noVault, version: 'fault', log },
    spawner: createChildProcessSpawner({ entriesDir }),
    printHouse: { templatesDir, spooler: createSpooler({ config, line: undefined, log }) },
    onGround: nothing,
    onEvent: nothing,
    onState: nothing,
    onPhoto: nothing,
    onQueue: nothing,
  });
  const say = (said: Said) => process.stdout.write(`${JSON.stringify(said)}\n`);

  const parts = () => {
    const services = engine.services();
    const event = services && engine.ground()?.events.get(services.eventId);
    const printing = services?.printing;
    return services === undefined || event === undefined || printing === undefined
      ? undefined
      : { store: services.store, event, printing };
  };

  async function order(photo: number, copies: number): Promise<string | undefined> {
    const now = parts();
    if (now === undefined) return undefined;
    const { event, printing } = now;
    const page = await printing.page(event, undefined, { templateId: 'full', photoIds: [photo] });
    if (!page.ok) return undefined;
    const ordered = printing.order(event, undefined, { pageId: page.value.id, copies });
    return ordered.ok ? ordered.value.orderId : undefined;
  }

  async function obey(command: Command): Promise<void> {
    switch (command.do) {
      case 'order': {
        const { photo, copies } = command;
        const orderId = await order(photo, copies);
        say({ say: 'ordered', ...(orderId === undefined ? {} : { orderId }), copies });
        return;
      }
      case 'answer':
        parts()?.printing.crew.answer(command.sheetId, command.cameOut);
        return;
    }
  }

  createInterface({ input: process.stdin }).on('line', (line) => void obey(commandSchema.parse(JSON.parse(line))));
  const timer = setInterval(() => {
    const now = parts();
    if (now === undefined) return;
    const { store, event, printing } = now;
    const { orders, printed, waiting } = printing.crew.overview(event.id);
    say({
      ...{ say: 'standing', photos: store.photos.count(event.id).indexed, toPrint: waiting, printed },
      isReady: printing.offer(event, false) !== undefined,
      unclear: orders.flatMap(({ orderId, sheets }) =>
        sheets
          .filter(({ state }) => state === 'unclear')
          .map(({ id, number }) => ({ sheetId: id, title: titleOf(orderId, number) })),
      ),
    });
  }, everyMs);
  await new Promise((resolve) => process.once('SIGTERM', resolve));
  clearInterval(timer);
  await engine.stop();
  process.exit(0);
}

if (process.argv[1] === import.meta.filename) await run();
