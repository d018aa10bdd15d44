import type { Media } from '../spooler.ts';

const mmPerInch = 25.4;
const mmPerPoint = mmPerInch / 72;

// Names without a size in them that PPDs have; millimetres, upright.
const namedSizes = new Map<string, readonly [number, number]>([
  ['a3', [297, 420]],
  ['a4', [210, 297]],
  ['a5', [148, 210]],
  ['a6', [105, 148]],
  ['b7', [88, 125]],
  ['letter', [215.9, 279.4]],
  ['legal', [215.9, 355.6]],
  ['postcard', [100, 148]],
]);

/**
 * Media that printers list, and how large they are; without those whose size their names do not tell. A name that is among them has no spaces, with which
 * it would be several options to `lp`.
 */
export const mediaOf = (names: readonly string[]): Media[] =>
  names.flatMap((name) => {
    const size = sizeMmOf(name);
    return size === undefined ? [] : [{ name, widthMm: size[0], heightMm: size[1] }];
  });

/**
 * The size that a name of media speaks of: a self-describing one (PWG 5101.1, section 5: `na_index-4x6_4x6in`), one that a PPD made of points
 * (`w288h432`), or one of inches (`4x6.Fullbleed`).
 *
 * @returns millimetres, the shorter side first; undefined where there is none
 */
export function sizeMmOf(name: string): readonly [number, number] | undefined {
  const sides = pwgSize(name) ?? pointsSize(name) ?? inchesSize(name) ?? namedSizes.get(plainName(name));
  if (!sides?.every((side) => side > 0 && Number.isFinite(side))) return undefined;
  const [shorter, longer] = sides[0] <= sides[1] ? sides : [sides[1], sides[0]];
  return [rounded(shorter), rounded(longer)];
}

function pwgSize(name: string): readonly [number, number] | undefined {
  const match = /^([a-z]+)_([a-z\d.-]+)_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(in|mm)(?:[._][\w.-]*)?$/.exec(name);
  if (match === null) return undefined;
  const [, sort, word, across, along, unit] = match;
  // The ends of a range: that much is the smallest or largest that could be cut.
  if ((sort === 'custom' || sort === 'roll') && /^(min|max)\b/.test(word)) return undefined;
  return sidesMm(across, along, unit === 'in' ? mmPerInch : 1);
}

// Gutenprint's `w288h432-div2` is two pictures on such a sheet, and not ours to lay out.
function pointsSize(name: string): readonly [number, number] | undefined {
  const match = /^w(\d+)h(\d+)(?:\.[a-z]+)?$/i.exec(name);
  return match === null ? undefined : sidesMm(match[1], match[2], mmPerPoint);
}

function inchesSize(name: string): readonly [number, number] | undefined {
  const match = /^(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(in|cm|mm)?(?:[._](?:fullbleed|borderless))?$/i.exec(name);
  if (match === null) return undefined;
  const unit = match.at(3)?.toLowerCase();
  return sidesMm(match[1], match[2], unit === 'mm' ? 1 : unit === 'cm' ? 10 : mmPerInch);
}

const plainName = (name: string): string => name.toLowerCase().replace(/[._](fullbleed|borderless)$/, '');

const sidesMm = (across: string, along: string, mm: number): readonly [number, number] => [
  Number(across) * mm,
  Number(along) * mm,
];

/** To a hundredth of a millimetre, as PWG 5101.1 counts. */
const rounded = (mm: number): number => Math.round(mm * 100) / 100;
