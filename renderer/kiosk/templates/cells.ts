export interface Cells {
  columns: number;
  rows: number;
}

/**
 * Rows and columns for a sheet's photos, where nothing is known but how many there are: those whose cells are nearest to squares, with as
 * few empty ones as can be.
 *
 * @param photos at least 1
 * @param aspect of the sheet, width divided by height
 */
export function cellsOf(photos: number, aspect: number): Cells {
  const layouts = Array.from({ length: photos }, (_, index) => {
    const columns = index + 1;
    const rows = Math.ceil(photos / columns);
    const fromSquare = Math.abs(Math.log((aspect * rows) / columns));
    return { columns, rows, cost: fromSquare + (columns * rows - photos) };
  });
  const { columns, rows } = layouts.reduce((best, layout) => (layout.cost < best.cost ? layout : best));
  return { columns, rows };
}
