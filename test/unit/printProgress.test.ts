import { describe, expect, it } from 'vitest';
import type { PrintSheetRow } from '../../main/core/store/index.ts';
import { progressOf } from '../../main/core/printing/progress.ts';
import type { Fault } from '../../preload/index.ts';

const id = '0b5a2d2e-6a39-4c62-9c1e-5d9c6c7f7a10';
const noPaper: Fault = { code: 'printer.no-paper' };

const sheet = (state: PrintSheetRow['state'], more: Partial<PrintSheetRow> = {}): PrintSheetRow => ({
  ...{ id: 1, orderId: id, number: 1, state, printer: undefined, job: undefined, tries: 0, restsUntil: undefined },
  ...{ fault: undefined, changedAt: '2026-06-12T20:00:00.000Z' },
  ...more,
});

const progress = (
  sheets: PrintSheetRow[],
  {
    isPaid = true,
    ahead = 0,
    troubled = [],
    standstill,
  }: { isPaid?: boolean; ahead?: number; troubled?: string[]; standstill?: Fault } = {},
) =>
  progressOf({ id, isPaid }, sheets, {
    ahead,
    blockerOf: (printer) => (troubled.includes(printer) ? noPaper : undefined),
    standstill,
  });

describe('how far an order is', () => {
  it('waits behind others, is printed and comes out', () => {
    expect(progress([sheet('waiting'), sheet('waiting')], { ahead: 3 })).toMatchObject({
      state: 'waiting',
      ahead: 3,
      sheets: 2,
    });
    const underWay = [sheet('printed'), sheet('released', { printer: 'booth' })];
    expect(progress(underWay)).toMatchObject({ state: 'printing', printed: 1, sheets: 2 });
    expect(progress([sheet('printed'), sheet('printed')])).toMatchObject({ state: 'printed', printed: 2 });
  });

  it('is held up by the printer that has it, unless another goes on', () => {
    const stuck = sheet('released', { printer: 'left' });
    expect(progress([stuck], { troubled: ['left'] })).toMatchObject({ state: 'held-up', trouble: noPaper });
    const other = sheet('released', { printer: 'right' });
    expect(progress([stuck, other], { troubled: ['left'] })).toMatchObject({ state: 'printing' });
  });

  it('is held up where no printer takes anything, or its last try came to nothing', () => {
    expect(progress([sheet('waiting')], { standstill: noPaper })).toMatchObject({ state: 'held-up', trouble: noPaper });
    const failed = sheet('waiting', { fault: { code: 'print.sheet-failed' } });
    expect(progress([failed])).toMatchObject({ state: 'held-up', trouble: { code: 'print.sheet-failed' } });
  });

  it('waits for its money, for the crew’s word, or for nothing any more', () => {
    expect(progress([sheet('waiting')], { isPaid: false, standstill: noPaper })).toMatchObject({ state: 'unpaid' });
    expect(progress([sheet('unclear'), sheet('printed')])).toMatchObject({ state: 'asked', printed: 1 });
    expect(progress([sheet('cancelled')])).toMatchObject({ state: 'cancelled', sheets: 1 });
  });

  it('does not count sheets that were cancelled', () => {
    expect(progress([sheet('printed'), sheet('cancelled')])).toMatchObject({ state: 'printed', sheets: 1 });
  });
});
