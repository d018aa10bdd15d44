// How long a guest waits for the sheet that they look at, and from the tap on "print" until the spooler has it.
import { setTimeout as sleep } from 'node:timers/promises';
import { createPrinting, createSpooler } from '../../main/core/printing/index.ts';
import { cupsLacks, startCups } from '../fixtures/cups/cups.ts';
import { templatesDir } from '../fixtures/pack.ts';
import { cameraPhotos } from './cameraPhotos.ts';
import { median, percentile } from './report.ts';
import { valueOf, within, type Bench } from './workbench.ts';

const distinctPhotos = 12;
const defaultProbes = 24;
const warmUps = 2;
const limitMs = 60_000;

export const print: Bench = {
  name: 'print',
  about:
    'a sheet of 4 x 6 inches at 300 dpi of a 24-megapixel photo: drawn, and from the tap until a real CUPS has it and lets it go (--probes, 24)',
  limits: { tapToSpooledP95Ms: 1500 },
  run: async (workbench, { probes = defaultProbes }) => {
    if (cupsLacks !== undefined) throw new Error(`${cupsLacks} is missing here`);
    const files = await cameraPhotos(distinctPhotos, workbench);
    const libraryDir = await workbench.temporaryDir();
    const core = await workbench.startCore(libraryDir, 'copy');
    const event = core.events.open('bench');
    const photoIds: number[] = [];
    for (const { file } of files) photoIds.push(valueOf(await core.library.take(event.id, file)).photoId);
    await within(distinctPhotos * limitMs, 'taking the photos in', core.library.settled());

    const cups = await startCups(await workbench.temporaryDir());
    workbench.defer(() => cups.stop());
    const printer = await cups.addPrinter({ name: 'bench' });
    await printer.setMood('normal', 0);
    process.env['CUPS_SERVER'] = cups.environment.CUPS_SERVER;
    const config = { ...(await workbench.config()), libraryDir };
    const spooler = createSpooler({ config, line: undefined, log: workbench.log });
    const spooled = watched(spooler);
    const printing = createPrinting({ ...core, config, templatesDir, spooler: spooled.spooler, log: workbench.log });
    workbench.defer(() => printing.stop());
    await printing.start();
    await within(
      limitMs,
      'the printer',
      until(() => printing.offer(event, false) !== undefined),
    );

    const drawnMs: number[] = [];
    const tapMs: number[] = [];
    workbench.say(`${String(probes)} sheets`);
    for (let i = 0; i < probes + warmUps; i++) {
      const photoId = photoIds[i % photoIds.length] ?? 0;
      const startMs = performance.now();
      // As for a guest who takes what is offered first, and taps before the sheet is there.
      const page = valueOf(await printing.page(event, undefined, { templateId: 'full', photoIds: [photoId] }));
      const tappedMs = performance.now();
      const released = spooled.next();
      const { orderId } = valueOf(printing.order(event, undefined, { pageId: page.id, copies: 1 }));
      await within(limitMs, 'the spooler', released);
      if (i >= warmUps) {
        drawnMs.push(tappedMs - startMs);
        tapMs.push(performance.now() - startMs);
      }
      const isOut = () => core.store.prints.sheetsOf(orderId).every(({ state }) => state === 'printed');
      await within(limitMs, 'the printer', until(isOut));
    }
    const handedOver = tapMs.map((ms, i) => ms - (drawnMs[i] ?? 0));
    return {
      sheets: probes,
      drawnMedianMs: median(drawnMs),
      drawnP95Ms: percentile(drawnMs, 0.95),
      handedOverMedianMs: median(handedOver),
      handedOverP95Ms: percentile(handedOver, 0.95),
      tapToSpooledMedianMs: median(tapMs),
      tapToSpooledP95Ms: percentile(tapMs, 0.95),
      tapToSpooledMaxMs: Math.max(...tapMs),
    };
  },
};

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await sleep(20);
}

/** A spooler that tells when it has let a job go. */
function watched(spooler: ReturnType<typeof createSpooler>) {
  let tell: () => void = () => undefined;
  return {
    next: () => new Promise<void>((resolve) => (tell = resolve)),
    spooler: {
      ...spooler,
      release: async (job: string) => {
        const released = await spooler.release(job);
        tell();
        return released;
      },
    },
  };
}
