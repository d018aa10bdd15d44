// Neighbours share so much of their side that a face on the border of one is whole in another.
const shared = 0.25;

/** @returns top left corners of squares that cover the picture, or the picture's own where it is smaller than one */
export function tilesOf(width: number, height: number, side: number): { x: number; y: number }[] {
  const rows = startsOf(height, side);
  return rows.flatMap((y) => startsOf(width, side).map((x) => ({ x, y })));
}

function startsOf(length: number, side: number): number[] {
  if (length <= side) return [0];
  const steps = Math.ceil((length - side) / (side * (1 - shared)));
  return Array.from({ length: steps + 1 }, (_, i) => Math.round((i * (length - side)) / steps));
}
