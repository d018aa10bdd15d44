import { encode } from 'uqr';
import type { SheetRect } from '../../index.ts';
import type { Picture } from '../picture.ts';
import { fill } from './canvas.ts';

/** ISO/IEC 18004: so many empty modules around a code, or it may not be found. */
const quietZone = 4;

const colours = { paper: '#ffffff', ink: '#1e1a16' };

/** Draws a QR code as large as there is room, each of its modules as many whole pixels: edges that are cut through by pixels print gray. */
export function drawCode(canvas: Picture, text: string, at: SheetRect): void {
  const { data, size } = encode(text, { ecc: 'M', border: quietZone });
  const module = Math.floor(Math.min(at.width, at.height) / size);
  const left = Math.round(at.x + (at.width - module * size) / 2);
  const top = Math.round(at.y + (at.height - module * size) / 2);
  fill(canvas, at, colours.paper);
  for (const [row, modules] of data.entries()) {
    for (const [column, isDark] of modules.entries()) {
      const place = { x: left + column * module, y: top + row * module, width: module, height: module };
      if (isDark) fill(canvas, place, colours.ink);
    }
  }
}
