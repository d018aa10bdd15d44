import { encode } from 'uqr';

/** ISO/IEC 18004: so many empty modules around a code, or it may not be found. */
const quietZone = 4;

/** A QR code as one path; `size` is its width and height with the quiet zone, in modules. */
export function qrDrawing(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  return { size, path: data.map(runsOf).join('') };
}

/** Neighbours are drawn as one: between single squares a hair of the ground would show through where the drawing is scaled. */
function runsOf(row: readonly boolean[], y: number): string {
  const signs = row.map((isDark) => (isDark ? '1' : '0')).join('');
  return [...signs.matchAll(/1+/g)]
    .map(({ 0: { length }, index }) => `M${String(index)} ${String(y)}h${String(length)}v1h-${String(length)}z`)
    .join('');
}
