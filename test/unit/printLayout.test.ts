import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaFor, sheetOf, type SheetOptions, type SheetPhoto } from '../../main/core/printing/layout/index.ts';
import { contrastOf } from '../../main/core/printing/layout/colours.ts';
import { loadTemplates, templatesDirOf, type Template } from '../../main/core/printing/templates/index.ts';
import { sheetSchema, type SheetElement } from '../../main/workers/index.ts';
import { entriesDir } from '../fixtures/pack.ts';

const { templates } = await loadTemplates({ builtInDir: templatesDirOf(entriesDir) });
const templateOf = (id: string): Template => templates.find((one) => one.id === id) ?? expect.fail(`no ${id}`);

const standing: SheetPhoto = { path: '/standing.jpg', width: 4000, height: 6000, faces: [] };
const lying: SheetPhoto = { path: '/lying.jpg', width: 6000, height: 4000, faces: [] };
const paper = { widthMm: 101.6, heightMm: 152.4 };
const link = { url: 'https://findme.local/g/8Kd0aWq3Ls7TnX2bYvR9fA', code: '7KQ4M2XD' };

const lay = (id: string, options: Partial<SheetOptions> = {}) => {
  const template = templateOf(id);
  return sheetOf({
    template,
    photos: Array.from({ length: template.photos }, () => standing),
    media: paper,
    dpi: 300,
    words: { event: 'Zoé & Ian', caption: '', date: '12 juin 2027', link },
    language: 'fr',
    accent: '#f2573d',
    ...options,
  });
};

const textsOf = (elements: readonly SheetElement[]): string[] =>
  elements.flatMap((element) => (element.kind === 'text' ? [element.text] : []));
const kindsOf = (elements: readonly SheetElement[]): Set<string> => new Set(elements.map(({ kind }) => kind));

describe('a sheet', () => {
  it('has the paper’s size to the pixel, and lies where its photos do', () => {
    expect(lay('full')).toMatchObject({
      sheet: { width: 1200, height: 1800, dpi: 300 },
      widthMm: 101.6,
      heightMm: 152.4,
    });
    const landscape = lay('full', { photos: [lying] });
    expect(landscape).toMatchObject({ sheet: { width: 1800, height: 1200 }, widthMm: 152.4, heightMm: 101.6 });
    // Canon and Mitsubishi have 4 x 6 at these.
    const odd = { media: { widthMm: 102, heightMm: 153.5 }, dpi: 346 };
    expect(lay('full', odd).sheet).toMatchObject({ width: Math.round((102 / 25.4) * 346), height: 2091 });
  });

  it('lies as most of its photos do, and of as many of both as the first does', () => {
    const widthOf = (...photos: SheetPhoto[]) => lay('collage', { photos }).widthMm;
    expect(widthOf(standing, lying, lying, lying)).toBe(152.4);
    expect(widthOf(lying, lying, standing, standing)).toBe(152.4);
    expect(widthOf(standing, lying, lying, standing)).toBe(101.6);
    expect(lay('strip', { photos: [lying, lying, lying] }).widthMm).toBe(101.6);
  });

  it('is what the worker understands, whatever the photos, paper and words', () => {
    const photo = fc.record({
      path: fc.constant('/a.jpg'),
      width: fc.integer({ min: 16, max: 9000 }),
      height: fc.integer({ min: 16, max: 9000 }),
      faces: fc.constant([]),
    });
    const words = fc.record({
      event: fc.string({ maxLength: 80 }),
      caption: fc.string({ maxLength: 60 }),
      date: fc.string({ maxLength: 30 }),
    });
    const bleed = fc.double({ min: -0.6, max: 8, noNaN: true });
    const options = fc.record({
      template: fc.constantFrom(...templates),
      photos: fc.array(photo, { minLength: 9, maxLength: 9 }),
      media: fc.record({ widthMm: bleed.map((mm) => mm + 101.6), heightMm: bleed.map((mm) => mm + 152.4) }),
      dpi: fc.constantFrom(200, 300, 346, 600),
      words,
      language: fc.constantFrom('fr' as const, 'en' as const),
      logo: fc.constantFrom(undefined, '/logo.png'),
      accent: fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`),
    });
    fc.assert(
      fc.property(options, (chosen) => {
        const { sheet } = sheetOf({ ...chosen, photos: chosen.photos.slice(0, chosen.template.photos) });
        expect(() => sheetSchema.parse(sheet)).not.toThrow();
        for (const { at } of sheet.elements) {
          expect(at.x).toBeGreaterThanOrEqual(0);
          expect(at.x + at.width).toBeLessThanOrEqual(sheet.width + 1e-6);
          expect(at.y + at.height).toBeLessThanOrEqual(sheet.height + 1e-6);
        }
      }),
    );
  });

  it('goes on to the paper’s edge where that is larger, its page in the middle', () => {
    const media = { widthMm: 105.6, heightMm: 158.4 };
    const full = lay('full', { media }).sheet;
    expect(full.elements[0].at).toEqual({ x: 0, y: 0, width: full.width, height: full.height });
    const border = lay('border', { media }).sheet.elements[0].at;
    // 5 mm of margin, and 2 and 3 to be cut off.
    expect([border.x, border.y]).toEqual([Math.round((7 / 25.4) * 300), Math.round((8 / 25.4) * 300)]);
  });

  it('has nothing of a face where it could be cut off', () => {
    const face = { x: 3200, y: 2500, width: 700, height: 900 };
    const { sheet } = lay('full', {
      photos: [{ ...standing, faces: [face] }],
      media: { widthMm: 105.6, heightMm: 158.4 },
    });
    const [element] = sheet.elements;
    if (element.kind !== 'photo') expect.fail('it is a photo');
    const perPixel = element.at.width / element.crop.width;
    const right = (face.x + face.width - element.crop.x) * perPixel;
    // 2 mm are cut off, and 3 may be.
    expect(right).toBeLessThanOrEqual(((105.6 - 5) / 25.4) * 300 + 1e-6);
    expect(lay('full').sheet.elements[0]).not.toMatchObject({ crop: element.crop });
  });

  it('has both strips alike, half a page apart', () => {
    const { elements } = lay('strip').sheet;
    const half = elements.length / 2;
    for (const [i, element] of elements.slice(0, half).entries()) {
      const other = elements[i + half];
      expect({ ...other, at: undefined, crop: undefined }).toEqual({ ...element, at: undefined, crop: undefined });
      expect(other.at.x - element.at.x).toBeCloseTo(600, -0.5);
      expect(other.at.y).toBe(element.at.y);
    }
  });

  it('shows each photo in its own slot', () => {
    const photos = [0, 1, 2, 3].map((i) => ({ ...standing, path: `/${String(i)}.jpg` }));
    const shown = lay('collage', { photos }).sheet.elements.flatMap((one) => (one.kind === 'photo' ? [one.path] : []));
    expect(shown).toEqual(['/0.jpg', '/1.jpg', '/2.jpg', '/3.jpg']);
  });

  it('is refused where there are too few photos', () => {
    expect(() => lay('collage', { photos: [standing] })).toThrow('4 photos');
  });
});

describe('words of a sheet', () => {
  it('are the event’s name and its days, or what the crew has set in their place', () => {
    expect(textsOf(lay('border').sheet.elements)).toEqual(['Zoé & Ian', '12 juin 2027']);
    const words = { event: 'Zoé & Ian', caption: 'Oui !', date: '12 juin 2027' };
    expect(textsOf(lay('border', { words }).sheet.elements)).toEqual(['Oui !']);
  });

  it('lead to the guest’s photos in the guest’s language, and say nothing of them without a link', () => {
    expect(textsOf(lay('link').sheet.elements)).toContain('Toutes vos photos');
    const english = lay('link', { language: 'en' }).sheet.elements;
    expect(textsOf(english)).toEqual(expect.arrayContaining(['All your photos', '7KQ4 M2XD']));
    expect(english.find(({ kind }) => kind === 'code')).toMatchObject({ text: link.url });
    const without = lay('link', { words: { event: 'Zoé & Ian', caption: '', date: '12 juin 2027' } }).sheet.elements;
    expect(textsOf(without)).toEqual(['Zoé & Ian', '12 juin 2027']);
    expect(kindsOf(without)).not.toContain('code');
  });

  it('make room for a logo where there is one', () => {
    const widthOf = (logo?: string) =>
      lay('border', { logo }).sheet.elements.find(({ kind }) => kind === 'text')?.at.width ?? 0;
    expect(kindsOf(lay('border').sheet.elements)).not.toContain('picture');
    expect(kindsOf(lay('border', { logo: '/logo.png' }).sheet.elements)).toContain('picture');
    expect(widthOf('/logo.png')).toBeLessThan(widthOf());
  });

  it('can be read in the event’s colour, on whatever they lie', () => {
    const hex = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);
    const base = templateOf('link');
    fc.assert(
      fc.property(hex, hex, (accent, background) => {
        const { elements } = lay('link', { template: { ...base, background }, accent }).sheet;
        for (const element of elements) {
          if (element.kind === 'text' && element.text === link.code)
            expect(contrastOf(element.colour, background)).toBeGreaterThanOrEqual(4.49);
        }
      }),
    );
    const [, bar] = lay('border', { accent: '#F2573D' }).sheet.elements;
    expect(bar).toMatchObject({ kind: 'box', colour: '#f2573d' });
  });
});

describe('the paper for a template', () => {
  const template = templateOf('full');
  it.each([
    ['its own size', [paper], 0],
    [
      'the nearest',
      [
        { widthMm: 105, heightMm: 158 },
        { widthMm: 102, heightMm: 152 },
      ],
      1,
    ],
    ['a little larger, to be trimmed', [{ widthMm: 109.6, heightMm: 160.4 }], 0],
    ['none that is larger than that', [{ widthMm: 109.7, heightMm: 152.4 }], undefined],
    ['a postcard, smaller by less than the safe area', [{ widthMm: 100, heightMm: 148 }], 0],
    ['none that is smaller than that', [{ widthMm: 96, heightMm: 148 }], undefined],
    ['none of a page', [{ widthMm: 210, heightMm: 297 }], undefined],
  ])('is %s', (_what, media, chosen) => {
    expect(mediaFor(template, media)).toBe(chosen === undefined ? undefined : media[chosen]);
  });

  it.each(templates.map(({ id }) => id))('has room for all that can be read on %s, where it is a postcard', (id) => {
    const { sheet } = lay(id, { media: { widthMm: 100, heightMm: 148 } });
    expect([sheet.width, sheet.height].sort((a, b) => a - b)).toEqual([1181, 1748]);
    for (const { kind, at } of sheet.elements) {
      if (kind === 'box') continue;
      expect([kind, Math.min(at.x, at.y) >= 0]).toEqual([kind, true]);
      expect([kind, at.x + at.width <= sheet.width && at.y + at.height <= sheet.height]).toEqual([kind, true]);
    }
  });
});
