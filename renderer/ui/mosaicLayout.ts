/** In widths of the mosaic. */
export interface MosaicTile {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface MosaicLayout {
  height: number;
  /** In the order of the photos. */
  tiles: readonly MosaicTile[];
}

const gap = 0.012;

/** How high a row may be: few photos are shown larger, and two that stand side by side as large as they can. */
const rowHeightFor = (photos: number, doesFirstStand: boolean): number => {
  if (photos <= 2 && doesFirstStand) return Infinity;
  if (photos <= 3) return 0.44;
  return photos <= 8 ? 0.36 : 0.27;
};

/**
 * Lays out photos uncropped, in rows as wide as the mosaic, the first one large: over the whole width if it lies, beside a column of the next
 * two if it stands.
 *
 * @param aspects width divided by height of each photo, best first
 * @param isLow whether there is little height to show the mosaic in: then the first of many leaves room for others even if it lies
 */
export const mosaicLayout = (aspects: readonly number[], isLow: boolean): MosaicLayout => {
  const tiles: MosaicTile[] = [];
  let y = 0;
  const place = (row: readonly MosaicTile[], height: number): void => {
    tiles.push(...row);
    y += height + gap;
  };

  const [first, second, third] = [0, 1, 2].map((place) => aspects.at(place));
  let next = 0;
  if (first !== undefined && first >= 1 && !(isLow && aspects.length > 3)) {
    place([{ x: 0, y, width: 1, height: 1 / first }], 1 / first);
    next = 1;
  } else if (first !== undefined && second !== undefined && third !== undefined) {
    const hero = heroWithColumn(first, second, third);
    place(hero, hero[0].height);
    next = 3;
  }

  const heroHeight = tiles.at(0)?.height ?? Infinity;
  const rowHeight = Math.min(heroHeight * 0.8, rowHeightFor(aspects.length, first !== undefined && first < 1));
  while (next < aspects.length) {
    const row: number[] = [];
    while (next < aspects.length && (row.length === 0 || heightOf(row) > rowHeight || rowHeight === Infinity)) {
      row.push(aspects[next]);
      next += 1;
    }
    // A last row that is not full keeps its photos' size instead of blowing them up.
    const height = Math.min(heightOf(row), rowHeight);
    let x = 0;
    const placed = row.map((aspect) => {
      const tile = { x, y, width: aspect * height, height };
      x += tile.width + gap;
      return tile;
    });
    place(placed, height);
  }
  return { height: Math.max(0, y - gap), tiles };
};

/** Of a row that fills the width. */
const heightOf = (row: readonly number[]): number =>
  row.length === 0 ? Infinity : (1 - gap * (row.length - 1)) / row.reduce((sum, aspect) => sum + aspect, 0);

/** The large one's height h and the column's width w: a·h + gap + w = 1, and w/b + gap + w/c = h. */
const heroWithColumn = (a: number, b: number, c: number): MosaicTile[] => {
  const perWidth = 1 / b + 1 / c;
  const width = (1 - gap - a * gap) / (1 + a * perWidth);
  const height = width * perWidth + gap;
  const x = a * height + gap;
  return [
    { x: 0, y: 0, width: a * height, height },
    { x, y: 0, width, height: width / b },
    { x, y: width / b + gap, width, height: width / c },
  ];
};
