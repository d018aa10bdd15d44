import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createComposer, createRandom, peopleCount, planPhoto, type ComposeOptions } from '../fixtures/compose.ts';

const small: ComposeOptions = {
  seed: 1,
  width: 480,
  height: 320,
  faces: 2,
  quality: 80,
  faceHeightPx: { min: 40, max: 90 },
};

const temporaryDir = async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'findme-test-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
};

describe('a planned photo', () => {
  const seeds = Array.from({ length: 200 }, (_, seed) => seed);

  it('has the people asked for, each wholly in the picture and of the size asked for', () => {
    for (const seed of seeds) {
      const { heads } = planPhoto({ ...small, seed });
      expect(heads).toHaveLength(2);
      for (const { x, y, width, height } of heads.map(({ face }) => face)) {
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
        expect(x + width).toBeLessThanOrEqual(small.width);
        expect(y + height).toBeLessThanOrEqual(small.height);
        expect(height).toBeGreaterThanOrEqual(40 - 1e-9);
        expect(height).toBeLessThanOrEqual(90 + 1e-9);
      }
    }
  });

  it('shows nobody twice and hides no face behind another head', () => {
    for (const seed of seeds) {
      const { heads } = planPhoto({ seed, width: 6000, height: 4000, quality: 92, faces: 8 });
      expect(new Set(heads.map(({ person }) => person)).size).toBe(8);
      for (const head of heads) {
        for (const other of heads) {
          if (other === head) continue;
          const { target, face } = { target: head.target, face: other.face };
          const isApart =
            face.x + face.width <= target.x ||
            target.x + target.width <= face.x ||
            face.y + face.height <= target.y ||
            target.y + target.height <= face.y;
          expect(isApart).toBe(true);
        }
      }
    }
  });

  it('shows everyone in the course of time', () => {
    const seen = new Set(seeds.flatMap((seed) => planPhoto({ ...small, seed }).heads.map(({ person }) => person)));
    expect(seen.size).toBe(peopleCount);
  });

  it('puts the face of a selfie about the middle', () => {
    for (const seed of seeds) {
      const options = { seed, width: 1280, height: 720, faces: 1, quality: 90, faceHeightPx: { min: 240, max: 260 } };
      const [{ face }] = planPhoto({ ...options, placing: 'centred' }).heads;
      expect(Math.abs(face.x + face.width / 2 - 640)).toBeLessThan(0.09 * 1280);
      expect(Math.abs(face.y + face.height / 2 - 360)).toBeLessThan(0.07 * 720);
    }
  });

  it('says so when there is no room', () => {
    expect(() => planPhoto({ ...small, faces: 20, faceHeightPx: { min: 200, max: 300 } })).toThrow('no room');
  });
});

describe('a composed photo', () => {
  it('is the same for the same seed and another for another', async () => {
    const composer = createComposer({ cacheDir: await temporaryDir() });
    const first = await composer.compose(small);
    const again = await createComposer().compose(small);
    const other = await composer.compose({ ...small, seed: 2 });
    expect(again.jpeg.equals(first.jpeg)).toBe(true);
    expect(again.faces).toEqual(first.faces);
    expect(other.jpeg.equals(first.jpeg)).toBe(false);
  });

  it('is made once and then kept', async () => {
    const cacheDir = await temporaryDir();
    const made = await createComposer({ cacheDir }).composeFile(small);
    const { mtimeMs } = await stat(made.file);
    const kept = await createComposer({ cacheDir }).composeFile(small);
    expect(kept).toEqual(made);
    expect((await stat(kept.file)).mtimeMs).toBe(mtimeMs);
    expect(await readdir(cacheDir)).toEqual([path.basename(made.file)]);
  });
});

describe('random numbers', () => {
  it('of mean 0 and deviation 1 have that mean and that deviation', () => {
    const random = createRandom(3);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
