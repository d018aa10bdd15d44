import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cropOf } from '../../main/core/printing/layout/index.ts';

const none = { left: 0, top: 0, right: 0, bottom: 0 };

const size = fc.record({ width: fc.integer({ min: 200, max: 8000 }), height: fc.integer({ min: 200, max: 8000 }) });
const aspect = fc.double({ min: 0.3, max: 3, noNaN: true });
const share = fc.double({ min: 0, max: 0.12, noNaN: true });
const insets = fc.record({ left: share, top: share, right: share, bottom: share });
/** Shares of the photo; some reach beyond its border. */
const place = fc.double({ min: -0.05, max: 0.95, noNaN: true });
const extent = fc.double({ min: 0.01, max: 0.3, noNaN: true });
const faces = fc.array(fc.record({ x: place, y: place, width: extent, height: extent }), { maxLength: 12 });

const scene = fc.record({ photo: size, aspect, insets, faces }).map(({ photo, faces: shares, ...rest }) => ({
  ...rest,
  photo,
  faces: shares.map(({ x, y, width, height }) => ({
    x: x * photo.width,
    y: y * photo.height,
    width: width * photo.width,
    height: height * photo.height,
  })),
}));

describe('a crop', () => {
  it('has the shape of its place, and is no smaller than is good for the faces', () => {
    fc.assert(
      fc.property(scene, ({ photo, faces, aspect, insets }) => {
        const crop = cropOf(photo, faces, aspect, insets);
        expect(crop.width / crop.height).toBeCloseTo(aspect, 6);
        const largest = Math.min(photo.width, photo.height * aspect);
        expect(crop.width).toBeGreaterThanOrEqual(0.85 * largest - 1e-6);
      }),
      { numRuns: 1000 },
    );
  });

  it('never cuts a face: all that the photo has of it is where nothing is cut off', () => {
    fc.assert(
      fc.property(scene, ({ photo, faces, aspect, insets }) => {
        const { x, y, width, height } = cropOf(photo, faces, aspect, insets);
        const near = 1e-6 * Math.max(width, height);
        for (const face of faces) {
          const [left, top] = [Math.max(0, face.x), Math.max(0, face.y)];
          const [right, bottom] = [
            Math.min(photo.width, face.x + face.width),
            Math.min(photo.height, face.y + face.height),
          ];
          if (right <= left || bottom <= top) continue;
          // What the photographer cut is seen up to the photo's edge.
          expect(left - x).toBeGreaterThanOrEqual((left === 0 ? 0 : insets.left * width) - near);
          expect(top - y).toBeGreaterThanOrEqual((top === 0 ? 0 : insets.top * height) - near);
          expect(x + width - right).toBeGreaterThanOrEqual((right === photo.width ? 0 : insets.right * width) - near);
          expect(y + height - bottom).toBeGreaterThanOrEqual(
            (bottom === photo.height ? 0 : insets.bottom * height) - near,
          );
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('shows no paper where no face asks for it, and then the photo’s middle', () => {
    fc.assert(
      fc.property(size, aspect, insets, (photo, aspect, insets) => {
        const { x, y, width, height } = cropOf(photo, [], aspect, insets);
        expect(width).toBeCloseTo(Math.min(photo.width, photo.height * aspect), 6);
        expect(x).toBeCloseTo((photo.width - width) / 2, 6);
        expect(y).toBeCloseTo((photo.height - height) / 2, 6);
      }),
    );
  });

  it('stays within the photo where the faces, with room around them, have enough in its middle', () => {
    const inMiddle = fc.record({
      x: fc.double({ min: 0.4, max: 0.5, noNaN: true }),
      y: fc.double({ min: 0.4, max: 0.5, noNaN: true }),
    });
    fc.assert(
      fc.property(size, fc.double({ min: 0.7, max: 1.4, noNaN: true }), inMiddle, (photo, aspect, at) => {
        const side = 0.1 * Math.min(photo.width, photo.height);
        const face = { x: at.x * photo.width, y: at.y * photo.height, width: side, height: side };
        fc.pre(Math.max(photo.width / photo.height, photo.height / photo.width) < 2);
        const { x, y, width, height } = cropOf(photo, [face], aspect, none);
        expect(x).toBeGreaterThanOrEqual(-1e-6);
        expect(y).toBeGreaterThanOrEqual(-1e-6);
        expect(x + width).toBeLessThanOrEqual(photo.width + 1e-6);
        expect(y + height).toBeLessThanOrEqual(photo.height + 1e-6);
      }),
    );
  });

  it('moves towards a face beside the middle no further than it takes', () => {
    // A lying photo in a standing place; the head with its room is from 2,285 to 2,765, and ends where the crop does.
    const crop = cropOf({ width: 3000, height: 2000 }, [{ x: 2375, y: 600, width: 300, height: 400 }], 0.75, none);
    expect(crop).toEqual({ x: 2765 - 1500, y: 0, width: 1500, height: 2000 });
  });

  it('leaves room for a head above its face', () => {
    // A standing photo in a square: the middle would begin at 500, and a face at 520 has hair.
    const { x, y, width } = cropOf(
      { width: 2000, height: 3000 },
      [{ x: 800, y: 520, width: 300, height: 400 }],
      1,
      none,
    );
    expect({ x, y, width }).toEqual({ x: 0, y: 320, width: 2000 });
  });

  it('becomes larger than the photo, and no larger than it takes, for a group that is too wide', () => {
    const group = [100, 1500, 2600].map((x) => ({ x, y: 900, width: 300, height: 400 }));
    const { x, y, width, height } = cropOf({ width: 3000, height: 2000 }, group, 0.75, none);
    // 0.45 of the room at either side: 40.5 px.
    expect(x).toBeCloseTo(59.5, 6);
    expect(width).toBeCloseTo(2881, 6);
    // As much paper above as below.
    expect(y + height / 2).toBeCloseTo(1000, 6);
    expect(height).toBeGreaterThan(2000);
  });
});
