// A pack whose scores nobody has measured, on the built program: it says so, is measured on strangers, and what was measured decides from then on.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sharp } from '../../main/workers/vision/sharp.ts';
import { thresholdsFor } from '../../main/core/matching/index.ts';
import { decisionSchema } from '../../main/packs/manifest.ts';
import { jsonOf, runCli, type CliEnd } from '../fixtures/cli.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';
import { rolledFile, sampleFile, sceneFile, facesInScene, writeVariants } from '../fixtures/photos.ts';
import { copyProgram } from '../fixtures/program.ts';
import { makeTwoPacks, otherPack } from '../fixtures/twoPacks.ts';

// Ten thousand pairs of strangers, the fewest that tell a share of one in a thousand.
const photoCount = 50;
const probeCount = 68;

/** Who is not in the scene, in the samples: number of the sample, then a square around the face. */
const strangers = [
  [5, 790, 40, 300],
  [6, 1440, 260, 330],
  [6, 1110, 280, 330],
  [4, 610, 30, 320],
] as const;

const calibratedSchema = z.object({ pairs: z.int(), decision: decisionSchema, isWritten: z.boolean() });
const evaluatedSchema = z.object({
  recall: z.number(),
  faces: z.int(),
  threshold: z.number(),
  maybe: z.object({ threshold: z.number() }),
});
const matchedSchema = z.object({ photos: z.array(z.object({ score: z.number(), decision: z.string() })) });

describe('a pack whose scores have not been measured', () => {
  let folder: string;
  let entries: string;
  let config: string;
  let guest: string;
  let scenes: string;
  beforeAll(async () => {
    folder = await makeFolder();
    await makeTwoPacks(folder, { decision: null });
    entries = await copyProgram(folder);
    config = path.join(folder, 'settings.json');
    await writeFile(config, JSON.stringify({ models: { pack: otherPack } }));
    guest = await labelGuest();
    scenes = path.join(guest, 'photos');
  });
  afterAll(() => removeFolder(folder));

  const run = (...args: string[]): Promise<CliEnd> =>
    runCli([...args, '--config', config, '--json'], { entries, env: { FINDME_LIBRARY: path.join(folder, 'library') } });
  const evaluate = async () => evaluatedSchema.parse(jsonOf(await run('evaluate', '--dir', guest)));
  const match = async () =>
    matchedSchema.parse(jsonOf(await run('match', '--photos', scenes, '--selfie', rolledFile))).photos;

  /** One photo with the guest in it, and one selfie. */
  async function labelGuest(): Promise<string> {
    const dir = path.join(folder, 'guest');
    await mkdir(path.join(dir, 'photos'), { recursive: true });
    await copyFile(sceneFile, path.join(dir, 'photos', 'scene.png'));
    await copyFile(rolledFile, path.join(dir, 'ann.png'));
    const truth = { probes: { 'ann.png': 'ann' }, photos: { 'photos/scene.png': ['ann'] } };
    await writeFile(path.join(dir, 'truth.json'), JSON.stringify(truth));
    return dir;
  }

  /** Selfies, no two the same, of people who are in none of the photos. */
  async function labelStrangers(): Promise<string> {
    const dir = path.join(folder, 'strangers');
    await mkdir(path.join(dir, 'photos'), { recursive: true });
    const files = await writeVariants(sceneFile, photoCount, path.join(dir, 'photos'));
    const probes: Record<string, string> = {};
    for (let i = 0; i < probeCount; i++) {
      const [sample, left, top, side] = strangers[i % strangers.length];
      const shift = Math.floor(i / strangers.length);
      await sharp(sampleFile(sample))
        .extract({ left: left + shift, top: top + shift, width: side, height: side })
        .toFile(path.join(dir, `${String(i)}.png`));
      probes[`${String(i)}.png`] = `stranger ${String(i % strangers.length)}`;
    }
    const photos = Object.fromEntries(files.map((file) => [path.relative(dir, file), ['ann']]));
    await writeFile(path.join(dir, 'truth.json'), JSON.stringify({ probes, photos }));
    return dir;
  }

  it('says so, and is used once they have been', { timeout: 180_000 }, async () => {
    for (const args of [
      ['match', '--photos', scenes, '--selfie', rolledFile],
      ['evaluate', '--dir', guest],
    ]) {
      const refused = await run(...args);
      expect(refused.code).toBe(1);
      const { error } = jsonOf(refused) as { error: { code: string; message: string; detail: string } };
      expect(error).toMatchObject({ code: 'models.uncalibrated', detail: otherPack });
      expect(error.message).toContain('calibrate --pack');
    }

    const calibrate = ['calibrate', '--pack', otherPack, '--dir', await labelStrangers()];
    const { decision, pairs } = calibratedSchema.parse(jsonOf(await run(...calibrate, '--write')));
    expect(pairs).toBe(photoCount * probeCount * facesInScene);
    const written = path.join(folder, 'models', otherPack, 'calibration.json');
    expect(JSON.parse(await readFile(written, 'utf8'))).toEqual(decision);

    const { sure, maybe } = thresholdsFor(facesInScene, decision);
    expect(sure).toBeLessThan(0.9);
    expect(await evaluate()).toMatchObject({
      ...{ recall: 1, faces: facesInScene, threshold: sure, maybe: { threshold: maybe } },
    });
    const [found] = await match();
    expect(found).toMatchObject({ decision: 'sure' });

    // It is these that decide, and not those of the pack that comes with the program.
    const strict = { ...decision, least: { sure: 1, maybe: found.score - 0.01 } };
    await writeFile(written, JSON.stringify(strict));
    expect(await evaluate()).toMatchObject({ recall: 0, threshold: 1 });
    expect(await match()).toMatchObject([{ decision: 'maybe' }]);
    await writeFile(written, JSON.stringify({ ...strict, least: { sure: 1, maybe: found.score + 0.01 } }));
    expect(await match()).toEqual([]);
  });
});
