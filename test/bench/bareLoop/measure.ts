import { loadPack } from '../../../main/packs/index.ts';
import { modelsDir } from '../../fixtures/pack.ts';
import type { CameraPhoto } from '../cameraPhotos.ts';
import { startTeam } from '../team/team.ts';
import { valueOf, within, type Workbench } from '../workbench.ts';
import { runsSchema, type Question, type Settings } from './work.ts';

const limitPerPhotoMs = 30_000;

/**
 * How many photos a second could be taken in at most: in as many processes as the product has for photos, nothing but the decoding and the runs of the
 * networks that the product needs for the same photo.
 *
 * @param warmUp photos that come first and are not counted, at least one a process
 */
export async function measureBareLoop(
  warmUp: readonly CameraPhoto[],
  photos: readonly CameraPhoto[],
  workbench: Workbench,
): Promise<{ photosPerS: number; runsPerPhoto: number }> {
  const { say, defer } = workbench;
  say(`${String(photos.length)} photos: decoding and networks alone`);
  const { models, vision } = await workbench.config();
  const { manifest, dir } = valueOf(await loadPack(modelsDir, models.pack));
  const settings: Settings = { pack: { manifest, dir }, maxPixels: vision.maxPixels };
  const team = await startTeam('bareLoop/child.ts', [JSON.stringify(settings)], vision.poolSize);
  defer(team.stop);
  const ask = (questions: Question[]) =>
    within(questions.length * limitPerPhotoMs, 'the bare loop', team.ask(questions));

  const all = [...warmUp, ...photos].map(({ file }) => ({ file }));
  const runs = (await ask(all)).map((noted) => runsSchema.parse(noted));
  const questions = all.map(({ file }, i) => ({ file, runs: runs[i] }));
  await ask(questions.slice(0, warmUp.length));
  const startMs = performance.now();
  await ask(questions.slice(warmUp.length));
  const seconds = (performance.now() - startMs) / 1000;
  await team.stop();
  return {
    photosPerS: photos.length / seconds,
    runsPerPhoto: runs.slice(warmUp.length).reduce((sum, { length }) => sum + length, 0) / photos.length,
  };
}
