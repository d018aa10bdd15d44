import type Database from 'better-sqlite3';
import { z } from 'zod';
import { faultSchema, type Fault, type Result } from '../../../preload/index.ts';
import type { Guard } from './guard.ts';

export interface NewPrintOrder {
  /** A UUID. */
  id: string;
  eventId: number;
  visitId: string | undefined;
  by: 'guest' | 'staff';
  template: string;
  voucher: string | undefined;
  isPaid: boolean;
  sealed: Buffer;
  sheets: number;
}

export interface PrintOrderRow {
  id: string;
  eventId: number;
  by: 'guest' | 'staff';
  /** ISO 8601. */
  orderedAt: string;
  template: string;
  isPaid: boolean;
  /** Under the event's key; undefined once the guest was erased. */
  sealed: Buffer | undefined;
}

const sheetStates = ['waiting', 'handing-over', 'held', 'released', 'printed', 'cancelled', 'unclear'] as const;
export type SheetState = (typeof sheetStates)[number];

export interface PrintSheetRow {
  id: number;
  orderId: string;
  number: number;
  state: SheetState;
  /** Where it is; while it waits, where it has to go. */
  printer: string | undefined;
  job: string | undefined;
  tries: number;
  restsUntil: string | undefined;
  fault: Fault | undefined;
  /** ISO 8601. */
  changedAt: string;
}

/** What becomes of a sheet; what is not given is forgotten, but for how often it was tried. */
export interface SheetChange {
  state: SheetState;
  printer?: string | undefined;
  job?: string | undefined;
  tries?: number;
  restsUntil?: string | undefined;
  fault?: Fault | undefined;
}

interface RawOrder extends Omit<PrintOrderRow, 'by' | 'isPaid' | 'sealed'> {
  by: string;
  isPaid: number;
  sealed: Buffer | null;
}

interface RawSheet {
  id: number;
  orderId: string;
  number: number;
  state: string;
  printer: string | null;
  job: string | null;
  tries: number;
  restsUntil: string | null;
  faultCode: string | null;
  faultDetail: string | null;
  changedAt: string;
}

const bySchema = z.enum(['guest', 'staff']);
const stateSchema = z.enum(sheetStates);

export function createPrintTable(database: Database.Database, guard: Guard) {
  const orderColumns =
    'id, event_id AS eventId, ordered_by AS "by", ordered_at AS orderedAt, template, is_paid AS isPaid, sealed';
  const sheetColumns = `print_sheets.id, order_id AS orderId, number, state, printer, job, tries, rests_until AS restsUntil,
    fault_code AS faultCode, fault_detail AS faultDetail, changed_at AS changedAt`;
  const insertOrder = database.prepare<
    [string, number, string | null, string, string, string, string | null, number, Buffer]
  >(
    `INSERT INTO print_orders (id, event_id, visit_id, ordered_by, ordered_at, template, voucher, is_paid, sealed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertSheet = database.prepare<[string, number, string]>(
    "INSERT INTO print_sheets (order_id, number, state, changed_at) VALUES (?, ?, 'waiting', ?)",
  );
  const order = database.prepare<[string], RawOrder>(`SELECT ${orderColumns} FROM print_orders WHERE id = ?`);
  const newest = database.prepare<[number, number], RawOrder>(
    `SELECT ${orderColumns} FROM print_orders WHERE event_id = ? ORDER BY ordered_at DESC, rowid DESC LIMIT ?`,
  );
  const keepingPages = database.prepare<[string], RawOrder>(
    `SELECT ${orderColumns} FROM print_orders WHERE sealed IS NOT NULL AND (ordered_at >= ?
       OR EXISTS (SELECT 1 FROM print_sheets WHERE order_id = print_orders.id AND state NOT IN ('printed', 'cancelled')))`,
  );
  const sheet = database.prepare<[number], RawSheet>(`SELECT ${sheetColumns} FROM print_sheets WHERE id = ?`);
  const sheetsOf = database.prepare<[string], RawSheet>(
    `SELECT ${sheetColumns} FROM print_sheets WHERE order_id = ? ORDER BY number`,
  );
  const inFlight = database.prepare<[], RawSheet>(
    `SELECT ${sheetColumns} FROM print_sheets WHERE state IN ('handing-over', 'held', 'released') ORDER BY id`,
  );
  const waiting = database.prepare<[], RawSheet>(
    `SELECT ${sheetColumns} FROM print_sheets JOIN print_orders ON print_orders.id = order_id
     WHERE state = 'waiting' AND is_paid = 1 AND sealed IS NOT NULL ORDER BY print_sheets.id`,
  );
  const change = database.prepare<
    [string, string | null, string | null, number | null, string | null, string | null, string | null, string, number]
  >(
    `UPDATE print_sheets SET state = ?, printer = ?, job = ?, tries = coalesce(?, tries), rests_until = ?, fault_code = ?,
       fault_detail = ?, changed_at = ? WHERE id = ?`,
  );
  const cancelWaiting = database.prepare<[string, string]>(
    `UPDATE print_sheets SET state = 'cancelled', printer = NULL, fault_code = NULL, fault_detail = NULL, changed_at = ?
     WHERE order_id = ? AND state = 'waiting'`,
  );
  const pay = database.prepare<[string]>('UPDATE print_orders SET is_paid = 1 WHERE id = ?');
  const ordersOfVisit = database.prepare<[string], { id: string }>('SELECT id FROM print_orders WHERE visit_id = ?');
  const rowsOfVisit = database.prepare<[string], RawOrder>(
    `SELECT ${orderColumns} FROM print_orders WHERE visit_id = ? ORDER BY ordered_at, id`,
  );
  const forget = database.prepare<[string]>('UPDATE print_orders SET sealed = NULL WHERE id = ?');
  const countWhere = (condition: string) =>
    `SELECT count(*) AS count FROM print_sheets JOIN print_orders ON print_orders.id = order_id WHERE event_id = ? AND ${condition}`;
  const ofVisit = database.prepare<[number, string], { count: number }>(
    countWhere("state != 'cancelled' AND visit_id = ?"),
  );
  const ofGuests = database.prepare<[number], { count: number }>(
    countWhere("state != 'cancelled' AND ordered_by = 'guest'"),
  );
  const printed = database.prepare<[number], { count: number }>(countWhere("state = 'printed'"));
  const toPrint = database.prepare<[number], { count: number }>(countWhere("state NOT IN ('printed', 'cancelled')"));
  const ahead = database.prepare<[number], { count: number }>(
    `SELECT count(*) AS count FROM print_sheets JOIN print_orders ON print_orders.id = order_id
     WHERE print_sheets.id < ? AND is_paid = 1 AND state IN ('waiting', 'handing-over', 'held', 'released')`,
  );
  const voucherColumns = `code, sheets, (SELECT count(*) FROM print_sheets JOIN print_orders ON print_orders.id = order_id
     WHERE voucher = code AND print_orders.event_id = print_vouchers.event_id AND state != 'cancelled') AS used`;
  const vouchers = database.prepare<[number], VoucherRow>(
    `SELECT ${voucherColumns} FROM print_vouchers WHERE event_id = ? ORDER BY made_at DESC, code`,
  );
  const voucher = database.prepare<[number, string], VoucherRow>(
    `SELECT ${voucherColumns} FROM print_vouchers WHERE event_id = ? AND code = ?`,
  );
  const insertVoucher = database.prepare<[number, string, number, string]>(
    'INSERT INTO print_vouchers (event_id, code, sheets, made_at) VALUES (?, ?, ?, ?)',
  );
  const removeVoucher = database.prepare<[number, string]>(
    'DELETE FROM print_vouchers WHERE event_id = ? AND code = ?',
  );
  const now = () => new Date().toISOString();

  return {
    /** With its sheets, all of them waiting. */
    add: (added: NewPrintOrder): Result<void> =>
      guard(
        database.transaction(() => {
          const { id, eventId, visitId, by, template, voucher: code, isPaid, sealed, sheets } = added;
          const at = now();
          insertOrder.run(id, eventId, visitId ?? null, by, at, template, code ?? null, isPaid ? 1 : 0, sealed);
          for (let number = 1; number <= sheets; number += 1) insertSheet.run(id, number, at);
        }),
      ),
    order: (id: string): PrintOrderRow | undefined => {
      const row = order.get(id);
      return row && orderOf(row);
    },
    /** Oldest first. */
    ofVisit: (visitId: string): PrintOrderRow[] => rowsOfVisit.all(visitId).map(orderOf),
    /** Newest first. */
    newest: (eventId: number, limit: number): PrintOrderRow[] => newest.all(eventId, limit).map(orderOf),
    /** Of all events: those that are under way, and those that were ordered since. @param from ISO 8601 */
    keepingPages: (from: string): PrintOrderRow[] => keepingPages.all(from).map(orderOf),
    sheet: (id: number): PrintSheetRow | undefined => {
      const row = sheet.get(id);
      return row && sheetOf(row);
    },
    sheetsOf: (orderId: string): PrintSheetRow[] => sheetsOf.all(orderId).map(sheetOf),
    /** With a printer, of whichever event. */
    inFlight: (): PrintSheetRow[] => inFlight.all().map(sheetOf),
    /** May be printed, in the order in which they were asked for, of whichever event. */
    waiting: (): PrintSheetRow[] => waiting.all().map(sheetOf),
    change: (id: number, { state, printer, job, tries, restsUntil, fault }: SheetChange): Result<void> =>
      guard(
        () =>
          void change.run(
            ...([state, printer ?? null, job ?? null, tries ?? null, restsUntil ?? null] as const),
            ...([fault?.code ?? null, fault?.detail ?? null, now(), id] as const),
          ),
      ),
    /** Those that no printer has. @returns how many there were */
    cancelWaiting: (orderId: string): Result<number> => guard(() => cancelWaiting.run(now(), orderId).changes),
    pay: (orderId: string): Result<void> => guard(() => void pay.run(orderId)),
    /** A guest is erased: what was to be printed is not, and what was on it is forgotten. Within a transaction. */
    forgetVisit: (visitId: string): void => {
      for (const { id } of ordersOfVisit.all(visitId)) {
        cancelWaiting.run(now(), id);
        forget.run(id);
      }
    },
    /** Sheets that were not cancelled, and the like. */
    countOfVisit: (eventId: number, visitId: string): number => ofVisit.get(eventId, visitId)?.count ?? 0,
    countOfGuests: (eventId: number): number => ofGuests.get(eventId)?.count ?? 0,
    countPrinted: (eventId: number): number => printed.get(eventId)?.count ?? 0,
    countToPrint: (eventId: number): number => toPrint.get(eventId)?.count ?? 0,
    /** Sheets that come out before this one. */
    countAhead: (sheetId: number): number => ahead.get(sheetId)?.count ?? 0,
    vouchers: (eventId: number): VoucherRow[] => vouchers.all(eventId),
    voucher: (eventId: number, code: string): VoucherRow | undefined => voucher.get(eventId, code),
    addVouchers: (eventId: number, codes: readonly string[], sheets: number): Result<void> =>
      guard(
        database.transaction(() => {
          for (const code of codes) insertVoucher.run(eventId, code, sheets, now());
        }),
      ),
    removeVoucher: (eventId: number, code: string): Result<void> => guard(() => void removeVoucher.run(eventId, code)),
  };
}

export interface VoucherRow {
  code: string;
  /** That it is good for, and that were ordered with it. */
  sheets: number;
  used: number;
}

const orderOf = ({ by, isPaid, sealed, ...row }: RawOrder): PrintOrderRow => ({
  ...row,
  by: bySchema.parse(by),
  isPaid: isPaid === 1,
  sealed: sealed ?? undefined,
});

const sheetOf = ({ state, printer, job, restsUntil, faultCode, faultDetail, ...row }: RawSheet): PrintSheetRow => ({
  ...row,
  state: stateSchema.parse(state),
  printer: printer ?? undefined,
  job: job ?? undefined,
  restsUntil: restsUntil ?? undefined,
  fault:
    faultCode === null
      ? undefined
      : faultSchema.parse({ code: faultCode, ...(faultDetail === null ? {} : { detail: faultDetail }) }),
});
