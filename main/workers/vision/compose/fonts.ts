import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create, type Font } from 'fontkit';

export type Face = 'display' | 'text';

// Each face is parted into files by alphabet; a sign is looked for in this order. The other face is of help where its own lacks a sign.
const subsets = ['latin', 'latin-ext', 'vietnamese'];
const filesOf = (family: string, weight: number, own: readonly string[]): string[] =>
  own.map((subset) => `@fontsource/${family}/files/${family}-${subset}-${String(weight)}-normal.woff`);
const files: Record<Face, string[]> = {
  display: filesOf('fraunces', 600, subsets),
  text: filesOf('atkinson-hyperlegible-next', 400, subsets.slice(0, 2)),
};
/** Alphabets that neither face has. */
const others = filesOf('noto-serif', 600, ['cyrillic', 'cyrillic-ext', 'greek', 'greek-ext']);

const opened = new Map<string, Font>();

/** The fonts of a face, the one of its own usual letters first. */
export const fontsOf = (face: Face): Font[] =>
  [...files[face], ...files[face === 'display' ? 'text' : 'display'], ...others].map((file) => {
    const font = opened.get(file) ?? open(file);
    opened.set(file, font);
    return font;
  });

function open(file: string): Font {
  const font = create(readFileSync(createRequire(import.meta.url).resolve(file)));
  if (!('layout' in font)) throw new Error(`${file} is a collection of fonts`);
  return font;
}
