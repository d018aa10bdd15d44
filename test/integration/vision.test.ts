// The vision worker on whole pictures: what it makes of a photo must not depend on how the camera was held.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Box } from '../../main/workers/index.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { createComposer } from '../fixtures/compose.ts';
import { openBooth, valueOf } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';
import { facesInScene, sampleFile, sceneFile } from '../fixtures/photos.ts';
import { readPicture } from '../fixtures/pictures.ts';
import { dot } from '../fixtures/random.ts';

// Exif 2.3, tag 0x0112: which side of the upright picture (w x h) the first row and the first column show. For each value: which pixel of it
// the stored one at row r, column c is.
const uprightOf: Record<number, (r: number, c: number, w: number, h: number) => [x: number, y: number]> = {
  1: (r, c) => [c, r],
  2: (r, c, w) => [w - 1 - c, r],
  3: (r, c, w, h) => [w - 1 - c, h - 1 - r],
  4: (r, c, _, h) => [c, h - 1 - r],
  5: (r, c) => [r, c],
  6: (r, c, w) => [w - 1 - r, c],
  7: (r, c, w, h) => [w - 1 - r, h - 1 - c],
  8: (r, c, _, h) => [r, h - 1 - c],
};

const centreOf = ({ x, y, width, height }: Box): [number, number] => [x + width / 2, y + height / 2];

/** The scene as a camera that was held in this way stores it. */
async function heldAs(orientation: number): Promise<Buffer> {
  const { width, height, pixels } = await readPicture(sceneFile);
  const [columns, rows] = orientation >= 5 ? [height, width] : [width, height];
  const stored = new Uint8Array(pixels.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const [x, y] = uprightOf[orientation](row, column, width, height);
      stored.set(pixels.subarray((y * width + x) * 3, (y * width + x) * 3 + 3), (row * columns + column) * 3);
    }
  }
  return sharp(stored, { raw: { width: columns, height: rows, channels: 3 } })
    .withMetadata({ orientation })
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

describe('a group that stands far away', () => {
  it('is seen whole, though its faces are a hundredth of the photo high', async () => {
    const { file, faces } = await createComposer().composeFile({
      ...{ seed: 31, width: 4500, height: 3000, faces: 12, quality: 92, faceHeightPx: { min: 60, max: 80 } },
    });
    const folder = await temporaryFolder();
    const { core } = await openBooth({ libraryDir: path.join(folder, 'library') });
    const found = valueOf(await core.vision.analysePhoto(file)).faces;
    const isFound = faces.filter((face) =>
      found.some(({ box }) => {
        const [x, y] = centreOf(box);
        return x > face.x && x < face.x + face.width && y > face.y && y < face.y + face.height;
      }),
    );
    expect(isFound.length).toBeGreaterThanOrEqual(faces.length - 2);
  });
});

describe('a photo turned by its EXIF orientation', () => {
  it('gives the same faces in the same places, however the camera was held', async () => {
    const folder = await temporaryFolder();
    const { core } = await openBooth({ libraryDir: path.join(folder, 'library') });
    const { width, height } = await readPicture(sceneFile);
    const plain = valueOf(await core.vision.analysePhoto(sceneFile)).faces.toSorted((a, b) => a.box.x - b.box.x);
    expect(plain).toHaveLength(facesInScene);

    for (const orientation of [1, 2, 3, 4, 5, 6, 7, 8]) {
      const bytes = await heldAs(orientation);
      const file = path.join(folder, `${String(orientation)}.jpg`);
      await writeFile(file, bytes);
      expect((await sharp(bytes).metadata()).orientation).toBe(orientation);
      for (const analysed of [await core.vision.analysePhoto(file), await core.vision.analyseSelfie(bytes)]) {
        const { faces, ...picture } = valueOf(analysed);
        expect(picture).toMatchObject({ width, height });
        expect(faces).toHaveLength(facesInScene);
        faces
          .toSorted((a, b) => a.box.x - b.box.x)
          .forEach((face, i) => {
            expect(dot(face.template, plain[i].template)).toBeGreaterThan(0.98);
            for (const side of ['x', 'y', 'width', 'height'] as const) {
              expect(Math.abs(face.box[side] - plain[i].box[side])).toBeLessThan(5);
            }
            face.landmarks.forEach((value, k) => {
              expect(Math.abs(value - plain[i].landmarks[k])).toBeLessThan(3);
            });
          });
      }
    }
  });
});

describe('a photo that lies on its side, of which no EXIF tells', () => {
  it('gives the same faces, each at the place where it lies', async () => {
    const folder = await temporaryFolder();
    const { core } = await openBooth({ libraryDir: path.join(folder, 'library') });
    const upright = valueOf(await core.vision.analysePhoto(sampleFile(3)));
    const { width, height } = upright;
    const centres: Record<number, (x: number, y: number) => [number, number]> = {
      90: (x, y) => [height - y, x],
      180: (x, y) => [width - x, height - y],
      270: (x, y) => [y, width - x],
    };
    const people = upright.faces.filter(({ score }) => score > 0.9);
    expect(people).toHaveLength(3);

    for (const degrees of [90, 180, 270]) {
      const bytes = await sharp(sampleFile(3)).rotate(degrees).jpeg({ quality: 95 }).toBuffer();
      const file = path.join(folder, `${String(degrees)}.jpg`);
      await writeFile(file, bytes);
      for (const analysed of [await core.vision.analysePhoto(file), await core.vision.analyseSelfie(bytes)]) {
        const { faces } = valueOf(analysed);
        for (const person of people) {
          const same = faces.find((face) => dot(face.template, person.template) > 0.9);
          if (same === undefined) throw new Error(`somebody is not found in the photo turned by ${String(degrees)}`);
          const place = centres[degrees];
          const near = (found: readonly number[], expected: readonly number[]) => {
            expect(Math.hypot(found[0] - expected[0], found[1] - expected[1])).toBeLessThan(0.2 * person.box.height);
          };
          near(centreOf(same.box), place(...centreOf(person.box)));
          near(same.landmarks.slice(4, 6), place(person.landmarks[4], person.landmarks[5]));
        }
      }
    }
  });
});

describe('how well a face is seen', () => {
  it('is about 1 for a clear face, and less for one that is small, blurred, dark or too bright', async () => {
    const { core } = await openBooth({ libraryDir: path.join(await temporaryFolder(), 'library') });
    const clear = valueOf(await core.vision.analyseSelfie(await readFile(sampleFile(3)))).faces;
    const [person] = clear.toSorted((a, b) => b.box.height - a.box.height);
    expect(person.quality).toBeGreaterThan(0.8);
    expect(person.quality).toBeLessThan(1.5);

    const photo = () => sharp(sampleFile(3));
    const { width } = await photo().metadata();
    const worse = {
      small: photo().resize(Math.round((width * 36) / person.box.height)),
      blurred: photo().blur(person.box.height * 0.03),
      dark: photo().linear(0.15, 0),
      glaring: photo().linear(2.5, 0),
    };
    for (const [name, picture] of Object.entries(worse)) {
      const { faces, width: now } = valueOf(await core.vision.analyseSelfie(await picture.png().toBuffer()));
      const at = centreOf(person.box).map((value) => (value * now) / width);
      const same = faces.find(
        ({ box }) => Math.hypot(centreOf(box)[0] - at[0], centreOf(box)[1] - at[1]) < box.height / 2,
      );
      expect(same?.quality ?? 0, name).toBeLessThan(person.quality - 0.1);
    }
  });
});

describe('a photo larger than what is looked at', () => {
  it('has its boxes in its own pixels', async () => {
    const folder = await temporaryFolder();
    const { core } = await openBooth({ libraryDir: path.join(folder, 'library') });
    const plain = valueOf(await core.vision.analysePhoto(sampleFile(3)));
    const { width, height } = await sharp(sampleFile(3)).metadata();
    expect([plain.width, plain.height]).toEqual([width, height]);

    const large = path.join(folder, 'large.jpg');
    await sharp(sampleFile(3))
      .resize(width * 2)
      .jpeg({ quality: 85 })
      .toFile(large);
    const doubled = valueOf(await core.vision.analysePhoto(large));
    expect([doubled.width, doubled.height]).toEqual([width * 2, height * 2]);
    // The three people; what else is taken for a face is less sure to be one.
    const people = plain.faces.filter(({ score }) => score > 0.9);
    expect(people).toHaveLength(3);
    for (const { box, template } of people) {
      const same = doubled.faces.find((face) => dot(face.template, template) > 0.9);
      for (const side of ['x', 'y', 'width', 'height'] as const) {
        expect(Math.abs((same?.box[side] ?? 0) - 2 * box[side])).toBeLessThan(0.12 * 2 * box.height);
      }
    }
  });
});

describe('the same picture', () => {
  it('gives the same template as a photo and as a selfie', async () => {
    const { core } = await openBooth({ libraryDir: path.join(await temporaryFolder(), 'library') });
    const asPhoto = valueOf(await core.vision.analysePhoto(sceneFile));
    const asSelfie = valueOf(await core.vision.analyseSelfie(await readFile(sceneFile)));
    for (const { template } of asPhoto.faces) {
      const best = Math.max(...asSelfie.faces.map((face) => dot(face.template, template)));
      expect(best).toBeGreaterThan(0.95);
    }
  });
});
