// What the crew is told of orders and printers, and what they are offered to do about them.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PrinterLook, StaffOrder, StaffSheet } from '../../preload/index.ts';
import {
  mayCancel,
  orderStateOf,
  orderStates,
  printedOf,
  printersToSendTo,
  sheetsToSend,
  troublesOf,
  wantsCrew,
} from '../../renderer/staff/prints/orderState.ts';
import { isForetold, isReady, printerWordOf } from '../../renderer/staff/prints/printerState.ts';

const noPaper = { code: 'printer.no-paper' } as const;
const paperLow = { code: 'printer.paper-low' } as const;

const anySheet = fc.record(
  {
    id: fc.integer({ min: 1 }),
    number: fc.integer({ min: 1 }),
    state: fc.constantFrom<StaffSheet['state'][]>('waiting', 'printing', 'printed', 'cancelled', 'unclear'),
    trouble: fc.constantFrom(noPaper, { code: 'print.sheet-failed' } as const),
  },
  { requiredKeys: ['id', 'number', 'state'] },
);
const orderOf = (isPaid: boolean, sheets: StaffSheet[]): StaffOrder => ({
  orderId: crypto.randomUUID(),
  orderedAt: '2026-06-20T18:00:00.000Z',
  by: 'guest',
  templateId: 'photo',
  isPaid,
  sheets,
});
const anyOrder = fc
  .tuple(fc.boolean(), fc.array(anySheet, { minLength: 1, maxLength: 10 }))
  .map((of) => orderOf(...of));
const sheets = (...states: [StaffSheet['state'], StaffSheet['trouble']?][]): StaffSheet[] =>
  states.map(([state, trouble], i) => ({ id: i + 1, number: i + 1, state, ...(trouble && { trouble }) }));

const printer = (how: Partial<PrinterLook> = {}): PrinterLook => ({
  name: 'one',
  label: 'One',
  state: 'idle',
  troubles: [],
  supplies: [],
  isUsed: true,
  isPaused: false,
  isFit: true,
  ...how,
});

describe('an order, for the crew', () => {
  it.each([
    ['unclear', true, sheets(['printed'], ['unclear'], ['waiting', noPaper])],
    ['unpaid', false, sheets(['waiting'])],
    ['held-up', true, sheets(['printed'], ['printing', noPaper], ['waiting'])],
    ['printing', true, sheets(['printing'], ['waiting'])],
    ['waiting', true, sheets(['printed'], ['waiting'])],
    ['printed', true, sheets(['printed'], ['cancelled'])],
    ['cancelled', false, sheets(['cancelled'])],
  ] as const)('is said to be %s', (state, isPaid, of) => {
    expect(orderStateOf(orderOf(isPaid, of))).toBe(state);
  });

  it('is over once every sheet is, and can be cancelled until then', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        const state = orderStateOf(order);
        expect(orderStates).toContain(state);
        const isOver = order.sheets.every((sheet) => sheet.state === 'printed' || sheet.state === 'cancelled');
        expect(['printed', 'cancelled'].includes(state)).toBe(isOver);
        if (isOver) expect(mayCancel(order)).toBe(false);
        if (!isOver) expect(mayCancel(order) || state === 'unclear').toBe(true);
        if (wantsCrew(order)) expect(isOver).toBe(false);
        expect(printedOf(order)).toBeLessThanOrEqual(order.sheets.length);
      }),
    );
  });

  it('lets no sheet be sent elsewhere that is out, coming out, unclear or unpaid', () => {
    fc.assert(
      fc.property(anyOrder, (order) => {
        for (const sheet of sheetsToSend(order)) {
          expect(order.isPaid).toBe(true);
          expect(sheet.state === 'waiting' || (sheet.state === 'printing' && sheet.trouble !== undefined)).toBe(true);
        }
      }),
    );
    expect(sheetsToSend(orderOf(true, sheets(['printing', noPaper], ['waiting'], ['printing'])))).toHaveLength(2);
  });

  it('says each reason once, and none of sheets that are done with', () => {
    const order = orderOf(true, sheets(['waiting', noPaper], ['printing', noPaper], ['printed', paperLow]));
    expect(troublesOf(order)).toEqual([noPaper]);
  });
});

describe('a printer, for the crew', () => {
  it.each([
    ['ready', printer()],
    ['ready', printer({ troubles: [paperLow] })],
    ['printing', printer({ state: 'printing', troubles: [paperLow] })],
    ['blocked', printer({ troubles: [paperLow, noPaper] })],
    ['stopped', printer({ state: 'stopped', troubles: [noPaper] })],
    ['paused', printer({ state: 'stopped', isPaused: true })],
    ['missing', printer({ state: 'missing', isPaused: true })],
  ] as const)('is said to be %s', (word, look) => {
    expect(printerWordOf(look)).toBe(word);
  });

  it('is warned of what it will lack', () => {
    expect([noPaper, paperLow].map(isForetold)).toEqual([false, true]);
  });

  it('is ready where it is fit, used, and nothing keeps it from printing', () => {
    expect(isReady(printer({ troubles: [paperLow] }))).toBe(true);
    for (const how of [{ isFit: false }, { isUsed: false }, { isPaused: true }, { troubles: [noPaper] }] as const) {
      expect(isReady(printer({ ...how, troubles: [...(how.troubles ?? [])] }))).toBe(false);
    }
  });

  it('is sent sheets while it is there and the crew has not paused it', () => {
    const there = [printer(), printer({ state: 'stopped' })];
    const out = [{ isFit: false }, { isUsed: false }, { isPaused: true }, { state: 'missing' }] as const;
    expect(printersToSendTo([...there, ...out.map(printer)])).toEqual(there);
  });
});
