import type { SheetRect } from '../../index.ts';
import type { Size, Turn } from '../turn.ts';

/**
 * Where a region of the upright picture is in the picture as it lies.
 *
 * @param lying the size of that one, in the same pixels
 */
export function lieDown({ x, y, width, height }: SheetRect, lying: Size, turn: Turn | undefined): SheetRect {
  const region = unturned();
  return turn?.isMirrored === true ? { ...region, x: lying.width - region.x - region.width } : region;

  function unturned(): SheetRect {
    switch (turn?.degrees ?? 0) {
      case 0:
        return { x, y, width, height };
      case 90:
        return { x: y, y: lying.height - x - width, width: height, height: width };
      case 180:
        return { x: lying.width - x - width, y: lying.height - y - height, width, height };
      case 270:
        return { x: lying.width - y - height, y: x, width: height, height: width };
    }
  }
}
