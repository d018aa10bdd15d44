import { describe, expect, it } from 'vitest';
import type { Box } from '../../main/workers/index.ts';
import type { Recognised } from '../../main/workers/vision/recognise.ts';
import { withoutTwins } from '../../main/workers/vision/twins.ts';
import { valueOf } from '../fixtures/core.ts';
import { loadPack } from '../../main/packs/index.ts';
import { modelsDir } from '../fixtures/pack.ts';

const { detector } = valueOf(await loadPack(modelsDir, 'faceplugin')).manifest;

const found = (box: Box, norm: number, isInPlace: boolean): Recognised => ({
  face: { box, score: 1, landmarks: [], template: new Float32Array(), norm, quality: 1 },
  isInPlace,
});
const whole = { x: 600, y: 100, width: 250, height: 380 };
const noseAndBeard = { x: 650, y: 220, width: 180, height: 240 };
const elsewhere = { x: 50, y: 60, width: 200, height: 260 };

describe('withoutTwins', () => {
  it('keeps the clearer of two that are one face, and everybody else, as they came', () => {
    const [dim, clear, other] = [
      found(whole, 3.1, true),
      found({ ...whole, x: 605 }, 3.4, true),
      found(elsewhere, 2.5, true),
    ];
    expect(withoutTwins([dim, other, clear], detector)).toEqual([other.face, clear.face]);
  });

  it('lets none whose points have left its box take the place of one whose points are in it, however clear', () => {
    const [face, part] = [found(whole, 3.4, true), found(noseAndBeard, 3.6, false)];
    expect(withoutTwins([part, face], detector)).toEqual([face.face]);
    expect(withoutTwins([face, part], detector)).toEqual([face.face]);
  });

  it('keeps one whose points have left its box where nobody else is', () => {
    const [face, moved] = [found(whole, 3.4, true), found(elsewhere, 2.6, false)];
    expect(withoutTwins([face, moved], detector)).toEqual([face.face, moved.face]);
  });
});
