import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contrastOf, themeOf } from '../../renderer/ui/theme.ts';

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`);

describe('an event’s colour', () => {
  it.each([
    [false, '#faf6ef', '#12100e', 4.5, 3],
    [true, '#ffffff', '#000000', 7, 4.5],
  ])('can be read wherever it is used (high contrast: %s)', (isHighContrast, paper, stage, text, edge) => {
    fc.assert(
      fc.property(colour, (accent) => {
        const theme = themeOf(accent, isHighContrast);
        expect(contrastOf(theme.accent, theme.accentInk)).toBeGreaterThanOrEqual(text);
        expect(contrastOf(theme.accentEdgePaper, paper)).toBeGreaterThanOrEqual(edge);
        expect(contrastOf(theme.accentOnPaper, paper)).toBeGreaterThanOrEqual(text);
        expect(contrastOf(theme.accentOnStage, stage)).toBeGreaterThanOrEqual(text);
      }),
      { numRuns: 1000 },
    );
  });

  it('stays itself where it can be read as it is', () => {
    expect(themeOf('#f2573d', false).accent).toBe('#f2573d');
    expect(themeOf('#FFF3B0', false).accent).toBe('#fff3b0');
    expect(themeOf('#123a6b', false)).toMatchObject({ accent: '#123a6b', accentInk: '#ffffff' });
  });

  it('keeps its hue where it has to give way', () => {
    const { accentOnPaper } = themeOf('#ffe600', false);
    const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(accentOnPaper.slice(at, at + 2), 16));
    expect(red).toBeGreaterThan(blue + 60);
    expect(green).toBeGreaterThan(blue + 60);
  });
});

describe('contrastOf', () => {
  it('is WCAG’s, whichever way round', () => {
    expect(contrastOf('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrastOf('#ffffff', '#777777')).toBeCloseTo(4.48, 2);
    fc.assert(
      fc.property(colour, colour, (one, other) => {
        expect(contrastOf(one, other)).toBe(contrastOf(other, one));
      }),
    );
  });
});
