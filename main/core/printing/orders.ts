import { randomUUID } from 'node:crypto';
import { fail, ok, type PrintSettings, type Result, type Voucher } from '../../../preload/index.ts';
import { codeOf, newCode } from '../guests/index.ts';
import type { Store } from '../store/index.ts';
import type { DrawnPage, Pages } from './pages.ts';

/** Who asks for prints. */
export interface Orderer {
  eventId: number;
  /** Of the visit's record; undefined for the crew, who have no limits. */
  visitId: string | undefined;
}

/** What is asked for, within what an event allows. */
export interface Orders {
  /** How many more sheets a guest may have, and by whose limit; neither where there is none. */
  allowance(guest: Orderer, settings: PrintSettings): Allowance;
  /** @returns the order's id; print.guest-limit, print.event-limit, print.voucher-* or library.* */
  add(
    orderer: Orderer,
    settings: PrintSettings,
    wanted: { page: DrawnPage; copies: number; voucher?: string | undefined },
  ): Result<string>;
  /** Codes, each good for so many sheets of the event. */
  makeVouchers: (eventId: number, count: number, sheets: number) => Result<Voucher[]>;
}

/** `limit`: the guest's own, or all guests' together. */
export interface Allowance {
  left?: number;
  limit?: 'guest' | 'event';
}

export function createOrders({ store, pages }: { store: Store; pages: Pages }): Orders {
  const { prints, inOneCommit } = store;

  const leftOfGuest = ({ eventId, visitId }: Orderer, { mostPerGuest }: PrintSettings): number =>
    visitId === undefined || mostPerGuest === undefined
      ? Infinity
      : Math.max(0, mostPerGuest - prints.countOfVisit(eventId, visitId));
  const leftOfEvent = ({ eventId }: Orderer, { mostPerEvent }: PrintSettings): number =>
    mostPerEvent === undefined ? Infinity : Math.max(0, mostPerEvent - prints.countOfGuests(eventId));

  /** @returns the voucher's code, where one is needed */
  function voucherFor(eventId: number, { access }: PrintSettings, typed: string | undefined, copies: number) {
    if (access !== 'voucher') return ok(undefined);
    if (typed === undefined) return fail('print.voucher-missing');
    const code = codeOf(typed);
    const voucher = code === undefined ? undefined : prints.voucher(eventId, code);
    if (voucher === undefined) return fail('print.voucher-unknown');
    return voucher.used + copies > voucher.sheets ? fail('print.voucher-used-up') : ok(voucher.code);
  }

  return {
    allowance: (guest, settings) => {
      const [own, all] = [leftOfGuest(guest, settings), leftOfEvent(guest, settings)];
      const left = Math.min(own, all);
      return left === Infinity ? {} : { left, limit: own <= all ? 'guest' : 'event' };
    },

    // Counted and written down in one: two windows cannot both have the last sheet.
    add: (orderer, settings, { page, copies, voucher: typed }) =>
      inOneCommit<string>(() => {
        const { eventId, visitId } = orderer;
        const isGuest = visitId !== undefined;
        if (isGuest && copies > leftOfGuest(orderer, settings)) return fail('print.guest-limit');
        if (isGuest && copies > leftOfEvent(orderer, settings)) return fail('print.event-limit');
        const voucher = isGuest ? voucherFor(eventId, settings, typed, copies) : ok(undefined);
        if (!voucher.ok) return voucher;
        const id = randomUUID();
        const sealed = pages.seal(eventId, id, page);
        if (!sealed.ok) return sealed;
        const added = prints.add({
          ...{ id, eventId, visitId, sealed: sealed.value, sheets: copies },
          by: isGuest ? 'guest' : 'staff',
          template: page.spec.templateId,
          voucher: voucher.value,
          isPaid: !isGuest || settings.access !== 'paid',
        });
        return added.ok ? ok(id) : added;
      }),

    makeVouchers: (eventId, count, sheets) => {
      const codes = new Set<string>();
      while (codes.size < count) {
        const code = newCode();
        if (prints.voucher(eventId, code) === undefined) codes.add(code);
      }
      const added = prints.addVouchers(eventId, [...codes], sheets);
      return added.ok ? ok([...codes].map((code) => ({ code, sheets, used: 0 }))) : added;
    },
  };
}
