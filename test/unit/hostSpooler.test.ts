import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createHostSpooler } from '../../main/core/printing/spoolers/hostSpooler.ts';
import type { PrintDocument } from '../../main/core/printing/spoolers/spooler.ts';
import type { HostPage, HostPrinter, PrintOutcome } from '../../main/processes/index.ts';
import { valueOf } from '../fixtures/core.ts';

const media = { name: 'na_index-4x6_4x6in', widthMm: 101.6, heightMm: 152.4 };
const sheet: PrintDocument = { title: 'a-1', picture: '/a.jpg', widthMm: 152.4, heightMm: 101.6, media };
const booth: HostPrinter = { name: 'booth', displayName: 'Booth', description: '', options: {} };

/** A system with one printer that ends every page so; without an outcome one that does not even tell its printers. */
function system(outcome?: PrintOutcome) {
  const pages: HostPage[] = [];
  const spooler = createHostSpooler({
    printers: {
      list: () => Promise.resolve(outcome && [booth]),
      print: (page) => {
        pages.push(page);
        return Promise.resolve(outcome ?? { at: 'unclear' });
      },
    },
    log: pino({ level: 'silent' }),
  });
  return { spooler, pages };
}

describe('a sheet for a system that follows no jobs', () => {
  it('is held until it is let go, and is printed once it has been handed over', async () => {
    const { spooler, pages } = system({ at: 'spooled' });
    const { job } = valueOf(await spooler.submit('booth', sheet));
    expect(pages).toEqual([]);
    expect(valueOf(await spooler.job(job))).toEqual({ at: 'held' });
    valueOf(await spooler.release(job));
    valueOf(await spooler.release(job));
    expect(pages).toEqual([
      {
        ...{ printer: 'booth', title: 'a-1', file: '/a.jpg', paper: { widthMm: 101.6, heightMm: 152.4 } },
        picture: { widthMm: 152.4, heightMm: 101.6 },
      },
    ]);
    expect(valueOf(await spooler.job(job))).toEqual({ at: 'printed' });
    expect(valueOf(await spooler.cancel(job))).toEqual({ at: 'printed' });
  });

  it('is neither printed nor lost where the system says nothing of it: nobody knows', async () => {
    const { spooler, pages } = system({ at: 'unclear' });
    const { job } = valueOf(await spooler.submit('booth', sheet));
    expect(await spooler.release(job)).toMatchObject({ ok: false, fault: { code: 'print.outcome-unclear' } });
    await spooler.release(job);
    expect(valueOf(await spooler.job(job))).toEqual({ at: 'unknown' });
    expect(pages).toHaveLength(1);
  });

  it('is unknown to the next core', async () => {
    const { job } = valueOf(await system({ at: 'spooled' }).spooler.submit('booth', sheet));
    const { spooler, pages } = system({ at: 'spooled' });
    expect(valueOf(await spooler.job(job))).toEqual({ at: 'unknown' });
    expect((await spooler.release(job)).ok).toBe(false);
    expect(pages).toEqual([]);
  });

  it('is forgotten where it is held for nobody', async () => {
    const { spooler, pages } = system({ at: 'spooled' });
    const kept = valueOf(await spooler.submit('booth', sheet)).job;
    const stray = valueOf(await spooler.submit('booth', sheet)).job;
    valueOf(await spooler.cancelHeldExcept([kept]));
    expect((await spooler.release(stray)).ok).toBe(false);
    valueOf(await spooler.release(kept));
    expect(pages).toHaveLength(1);
  });

  it('is not taken where the printers are not told', async () => {
    const { spooler } = system();
    const unreachable = { ok: false, fault: { code: 'print.spooler-unreachable' } };
    expect(await spooler.printers()).toMatchObject(unreachable);
    expect(await spooler.submit('booth', sheet)).toMatchObject(unreachable);
  });
});
