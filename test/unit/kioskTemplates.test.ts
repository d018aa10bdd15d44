import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TemplateFigure } from '../../preload/index.ts';
import { cellsOf } from '../../renderer/kiosk/templates/cells.ts';
import {
  figureFor,
  firstFor,
  fitting,
  makesOf,
  mostPhotos,
  nameOf,
  withinReach,
} from '../../renderer/kiosk/templates/index.ts';
import { photo, template } from './kioskEdges.ts';

const photos = fc.integer({ min: 1, max: 9 });
const aspects = fc.double({ min: 0.2, max: 5, noNaN: true });
const templates = fc.array(photos).map((counts) => counts.map((count, i) => template(`t${String(i)}`, count)));

describe('what photos can become', () => {
  it('is each template once, with those that show as many', () => {
    fc.assert(
      fc.property(templates, (offered) => {
        const makes = makesOf(offered);
        expect(makes.flatMap((make) => make.templates).length).toBe(offered.length);
        for (const make of makes) expect(make.templates).toEqual(fitting(offered, make.photos));
        expect(makes.map((make) => make.photos)).toEqual([...new Set(offered.map((one) => one.photos))].sort());
        expect(makes.at(-1)?.photos ?? 0).toBe(mostPhotos(offered));
      }),
    );
  });

  it('is within reach of a guest who has enough photos', () => {
    fc.assert(
      fc.property(templates, photos, (offered, had) => {
        expect(withinReach(offered, had)).toEqual(offered.filter((one) => one.photos <= had));
      }),
    );
  });

  it('begins without a link, unless there is nothing else', () => {
    const link = template('link', 1, { hasLink: true });
    expect(firstFor([link, template('strip', 3), template('full', 1)], 1)?.id).toBe('full');
    expect(firstFor([link], 1)?.id).toBe('link');
    expect(firstFor([link], 2)).toBeUndefined();
  });
});

describe('a small sheet', () => {
  const within = (spot: TemplateFigure['codes'][number]) => {
    expect(Math.min(spot.x, spot.y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(spot.x + spot.width, spot.y + spot.height)).toBeLessThanOrEqual(1 + 1e-9);
    expect(Math.min(spot.width, spot.height)).toBeGreaterThan(0);
  };

  it('has a place for each photo, and empty ones only where they cannot be avoided', () => {
    fc.assert(
      fc.property(photos, aspects, (count, aspect) => {
        const { columns, rows } = cellsOf(count, aspect);
        expect(columns * rows).toBeGreaterThanOrEqual(count);
        expect((columns - 1) * rows).toBeLessThan(count);
        expect(columns * (rows - 1)).toBeLessThan(count);
      }),
    );
    expect(cellsOf(3, 1 / 3)).toEqual({ columns: 1, rows: 3 });
    expect(cellsOf(4, 2 / 3)).toEqual({ columns: 2, rows: 2 });
  });

  it('keeps what is on it on it, and apart, where nothing is told of it', () => {
    fc.assert(
      fc.property(photos, fc.double({ min: 0.3, max: 1, noNaN: true }), fc.boolean(), (count, aspect, hasLink) => {
        const figure = figureFor(template('one', count, { aspect, hasLink }), []);
        expect(figure.photos.map(({ slot }) => slot)).toEqual(Array.from({ length: count }, (_, i) => i));
        for (const spot of [...figure.photos, ...figure.codes]) within(spot);
        for (const [i, a] of figure.photos.entries()) {
          for (const b of figure.photos.slice(i + 1)) {
            const isApart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(isApart).toBe(true);
          }
        }
        // As much white at the side as above, in lengths.
        expect(figure.photos[0].x * aspect).toBeCloseTo(figure.photos[0].y);
        expect(figure.codes).toHaveLength(hasLink ? 1 : 0);
      }),
    );
  });

  it('lies where its photos do, if it turns', () => {
    const lying = photo(1);
    const standing = { ...photo(2), width: 2000, height: 3000 };
    const turning = template('one', 1);
    expect(figureFor(turning, [lying]).aspect).toBeCloseTo(3 / 2);
    expect(figureFor(turning, [standing]).aspect).toBeCloseTo(2 / 3);
    expect(figureFor(turning, [lying, standing, standing]).aspect).toBeCloseTo(2 / 3);
    // Where they are even, the first decides.
    expect(figureFor(turning, [lying, standing]).aspect).toBeCloseTo(3 / 2);
    expect(figureFor(turning, [standing, lying]).aspect).toBeCloseTo(2 / 3);
    expect(figureFor(template('one', 1, { turns: false }), [lying]).aspect).toBeCloseTo(2 / 3);
  });

  it('is drawn as it is told, for the way that it lies', () => {
    const portrait = { photos: [{ slot: 0, x: 0, y: 0, width: 1, height: 0.5 }], codes: [], texts: [] };
    const landscape = { photos: [{ slot: 0, x: 0, y: 0, width: 0.5, height: 1 }], codes: [], texts: [] };
    const both = template('one', 1, { figures: { portrait, landscape } });
    expect(figureFor(both, [photo(1)])).toMatchObject(landscape);
    expect(figureFor(both, [])).toMatchObject(portrait);
    // One that only lies does not turn.
    const only = template('one', 1, { turns: false, figures: { landscape } });
    expect(figureFor(only, [])).toEqual({ aspect: 3 / 2, ...landscape });
  });
});

it('a template is called by its name in the guest’s language, or in what it has', () => {
  expect(nameOf(template('one', 1, { name: { fr: 'Un', en: 'One' } }), 'en')).toBe('One');
  expect(nameOf(template('one', 1, { name: { fr: 'Un' } }), 'en')).toBe('Un');
});
