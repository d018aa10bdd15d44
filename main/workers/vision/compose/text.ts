import type { Font } from 'fontkit';
import type { SheetElement } from '../../index.ts';
import { fontsOf, type Face } from './fonts.ts';

export type TextElement = Extract<SheetElement, { kind: 'text' }>;

// From one baseline to the next, of the font's size.
const leading = 1.16;

/**
 * A text as the outlines of its letters, which need no fonts where they are drawn.
 *
 * @returns path data of an SVG, pixels of the sheet; empty where none of its signs is in any font
 */
export function outlineOf(element: TextElement): string {
  const { at, align, face } = element;
  const { lines, sizePx } = fit(element);
  const [font] = fontsOf(face);
  // To the eye a line is as high as its capitals.
  const capitalsPx = (font.capHeight / font.unitsPerEm) * sizePx;
  const first = at.y + at.height / 2 + capitalsPx / 2 - ((lines.length - 1) * leading * sizePx) / 2;
  return lines
    .map((line, i) => {
      const free = at.width - line.width * sizePx;
      const x = at.x + { start: 0, middle: free / 2, end: free }[align];
      return line.draw(x, first + i * leading * sizePx, sizePx);
    })
    .join('');
}

/** A line's letters side by side. */
interface Line {
  /** Of the font's size. */
  width: number;
  draw: (x: number, baseline: number, sizePx: number) => string;
}

/** As large as is wanted where there is room, in as few lines as that takes; otherwise in those that let it be largest. */
function fit({ text, at, face, sizePx: wantedPx, mostLines = 1 }: TextElement): { lines: Line[]; sizePx: number } {
  const words = printable(text, face).split(' ');
  const widths = words.map((word) => lineOf(word, face).width);
  const space = lineOf(' ', face).width;
  let best: { lines: Line[]; sizePx: number } = { lines: [], sizePx: 0 };
  for (let count = 1; count <= Math.min(mostLines, words.length); count++) {
    const lines = broken(words, widths, space, count).map((line) => lineOf(line, face));
    const width = Math.max(...lines.map((line) => line.width));
    const roomPx = Math.min(at.width / Math.max(width, 0.01), at.height / (1 + leading * (lines.length - 1)));
    const sizePx = Math.min(wantedPx, roomPx);
    if (sizePx > best.sizePx) best = { lines, sizePx };
  }
  return best;
}

/** Words in no more than so many lines, the longest of which is as short as can be. */
function broken(words: readonly string[], widths: readonly number[], space: number, count: number): string[] {
  const whole = widths.reduce((sum, width) => sum + width + space, 0);
  let [low, high] = [Math.max(...widths), whole];
  let best = laid(high);
  for (let i = 0; i < 24; i++) {
    const limit = (low + high) / 2;
    const lines = laid(limit);
    if (lines.length <= count) [best, high] = [lines, limit];
    else low = limit;
  }
  return best;

  function laid(limit: number): string[] {
    const lines: string[] = [];
    let width = Infinity;
    for (const [i, word] of words.entries()) {
      const last = lines.at(-1);
      if (last === undefined || width + space + widths[i] > limit) {
        lines.push(word);
        width = widths[i];
      } else {
        lines[lines.length - 1] = `${last} ${word}`;
        width += space + widths[i];
      }
    }
    return lines;
  }
}

/**
 * What of a text can be printed: each sign that is in a font; of others their base letters, and otherwise nothing. An empty box in a sign's place would be worse than
 * its absence.
 */
function printable(text: string, face: Face): string {
  const fonts = fontsOf(face);
  const isThere = (sign: string) => fontOf(fonts, sign) !== undefined;
  // Marks that are invisible (joiners, directions, variants of emoji) would leave gaps.
  const signs = Array.from(text.normalize('NFC').replaceAll(/[\p{Cc}\p{Cf}\p{Variation_Selector}]/gu, ''));
  return signs
    .map((sign) => {
      if (isThere(sign)) return sign;
      if (/\s/u.test(sign)) return ' ';
      return Array.from(sign.normalize('NFKD'))
        .filter((part) => !/\p{M}/u.test(part) && isThere(part))
        .join('');
    })
    .join('')
    .replaceAll(/ +/g, ' ')
    .trim();
}

const fontOf = (fonts: readonly Font[], sign: string): Font | undefined =>
  fonts.find((font) => font.hasGlyphForCodePoint(sign.codePointAt(0) ?? 0));

function lineOf(text: string, face: Face): Line {
  const fonts = fontsOf(face);
  const runs: { font: Font; text: string }[] = [];
  for (const sign of text) {
    const font = fontOf(fonts, sign) ?? fonts[0];
    const last = runs.at(-1);
    if (last?.font === font) last.text += sign;
    else runs.push({ font, text: sign });
  }
  const laid = runs.map(({ font, text: part }) => ({ font, run: font.layout(part) }));
  const width = laid.reduce((sum, { font, run }) => sum + run.advanceWidth / font.unitsPerEm, 0);
  return { width, draw };

  function draw(x: number, baseline: number, sizePx: number): string {
    const paths: string[] = [];
    let left = x;
    for (const { font, run } of laid) {
      const scale = sizePx / font.unitsPerEm;
      for (const [i, glyph] of run.glyphs.entries()) {
        const { xOffset, yOffset, xAdvance } = run.positions[i];
        // In a font y goes up.
        const path = glyph.path.scale(scale, -scale).translate(left + xOffset * scale, baseline - yOffset * scale);
        paths.push(path.toSVG());
        left += xAdvance * scale;
      }
    }
    return paths.join('');
  }
}
