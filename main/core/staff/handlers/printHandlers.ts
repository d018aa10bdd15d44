import { fail, ok, type Result } from '../../../../preload/index.ts';
import type { BoothEvent } from '../../events/index.ts';
import type { Printing } from '../../printing/index.ts';
import type { Desk } from '../desk.ts';
import { audited, nothing, withServices, type HandlersOf } from './handlers.ts';

export const printHandlers = (desk: Desk): HandlersOf<'prints' | 'vouchers'> => {
  const withPrinting = <T>(work: (printing: Printing, event: BoothEvent) => T) =>
    withServices(desk, ({ printing, eventId }) => {
      const event = desk.ground()?.events.get(eventId);
      return printing === undefined || event === undefined ? fail('print.off') : work(printing, event);
    });
  const asOrder = (orderId: string) => ({ orderId });

  return {
    'prints:open': () =>
      withPrinting((printing, { id }) => {
        const { fault, ...overview } = printing.crew.overview(id);
        return ok({ ...overview, ...(fault === undefined ? {} : { fault }) });
      }),
    'prints:use': ({ printer, isUsed }) =>
      withPrinting((printing) =>
        audited(
          desk,
          printing.crew.use(printer, isUsed),
          isUsed ? 'printer.used' : 'printer.unused',
          { printer },
          nothing,
        ),
      ),
    'prints:pause': ({ printer, isPaused }) =>
      withPrinting(async (printing) => {
        const action = isPaused ? 'printer.paused' : 'printer.resumed';
        return audited(desk, await printing.crew.pause(printer, isPaused), action, { printer }, nothing);
      }),
    'prints:page': (wish) => withPrinting((printing, event) => printing.page(event, undefined, wish)),
    'prints:order': ({ pageId, copies }) =>
      withPrinting((printing, event): Result<{ orderId: string }> => {
        const ordered = printing.order(event, undefined, { pageId, copies });
        return audited(desk, ordered, 'print.ordered', { sheets: copies }, ({ orderId }) => ({ orderId }));
      }),
    'prints:again': ({ orderId, copies }) =>
      withPrinting(async (printing) =>
        audited(desk, await printing.crew.again(orderId, copies), 'print.again', { sheets: copies }, asOrder),
      ),
    'prints:cancel': ({ orderId }) =>
      withPrinting(async (printing) =>
        audited(desk, await printing.crew.cancel(orderId), 'print.cancelled', {}, nothing),
      ),
    'prints:paid': ({ orderId }) =>
      withPrinting((printing) => audited(desk, printing.crew.paid(orderId), 'print.paid', {}, nothing)),
    'prints:send': ({ sheetId, printer }) =>
      withPrinting(async (printing) => {
        const sent = await printing.crew.send(sheetId, printer);
        return audited(desk, sent, 'print.sent', printer === undefined ? {} : { printer }, nothing);
      }),
    'prints:answer': ({ sheetId, cameOut }) =>
      withPrinting((printing) => audited(desk, printing.crew.answer(sheetId, cameOut), 'print.answered', {}, nothing)),
    'vouchers:list': () => withPrinting((printing, { id }) => ok(printing.crew.vouchers(id))),
    'vouchers:make': ({ count, sheets }) =>
      withPrinting((printing, { id }) =>
        audited(
          desk,
          printing.crew.makeVouchers(id, count, sheets),
          'vouchers.made',
          { count, sheets },
          (made) => made,
        ),
      ),
    'vouchers:remove': ({ code }) =>
      withPrinting((printing, { id }) =>
        audited(desk, printing.crew.removeVoucher(id, code), 'voucher.removed', {}, nothing),
      ),
  };
};
