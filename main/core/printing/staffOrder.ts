import type { Fault, StaffOrder, StaffSheet } from '../../../preload/index.ts';
import type { PrintOrderRow, PrintSheetRow } from '../store/index.ts';
import type { DrawnPage } from './pages.ts';

const stateOf = (state: PrintSheetRow['state']): StaffSheet['state'] =>
  state === 'handing-over' || state === 'held' || state === 'released' ? 'printing' : state;

/**
 * An order as the crew sees it.
 *
 * @param page undefined once the guest was erased
 * @param blockerOf why a printer does not go on with the sheet that it has
 */
export function staffOrderOf(
  { id, orderedAt, by, template, isPaid }: PrintOrderRow,
  sheets: readonly PrintSheetRow[],
  page: DrawnPage | undefined,
  blockerOf: (printer: string) => Fault | undefined,
): StaffOrder {
  return {
    ...{ orderId: id, orderedAt, by, templateId: template, isPaid },
    ...(page === undefined ? {} : { page: { id: page.spec.pageId, width: page.width, height: page.height } }),
    sheets: sheets.map(({ id: sheetId, number, state, printer, fault }): StaffSheet => {
      const shown = stateOf(state);
      const trouble = fault ?? (shown === 'printing' && printer !== undefined ? blockerOf(printer) : undefined);
      return {
        ...{ id: sheetId, number, state: shown },
        ...(printer === undefined ? {} : { printer }),
        ...(trouble === undefined ? {} : { trouble }),
      };
    }),
  };
}
