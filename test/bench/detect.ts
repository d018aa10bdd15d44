// Which faces are found in photos of groups, by how high they are, and what is found that is none.
import { countDetections } from '../../main/cli/evaluation/detection.ts';
import { cornersOf, leastIou } from './faceCount.ts';
import { valueOf, type Bench } from './workbench.ts';

const photosMeasured = 50;
const size = { width: 6000, height: 4000 };
const facesEach = 24;
const faceHeightPx = { min: 40, max: 240 };
const firstSeed = 40_000;
const falseFacesIn = 50;

// Face heights, pixels of the photo.
const classes = [40, 60, 80, 110, 150] as const;

export const detect: Bench = {
  name: 'detect',
  about: 'faces of 40 to 240 px in groups of 24 on 24-megapixel photos: found, and found where there is none',
  limits: { recall: { atLeast: 0.98 }, falseFacesIn50: 1 },
  run: async (workbench, { photos: count = photosMeasured }) => {
    const core = await workbench.startCore(await workbench.temporaryDir(), 'link');
    const found = new Map<number, number>(classes.map((from) => [from, 0]));
    const placed = new Map<number, number>(classes.map((from) => [from, 0]));
    let falseFaces = 0;
    let milliseconds = 0;
    for (let i = 0; i < count; i++) {
      if (i % 10 === 0) workbench.say(`${String(i)} of ${String(count)} groups`);
      const { file, faces } = await workbench.composer.composeFile({
        ...{ ...size, faces: facesEach, faceHeightPx, quality: 92, seed: firstSeed + i },
      });
      const startMs = performance.now();
      const seen = valueOf(await core.vision.analysePhoto(file)).faces.map(({ box }) => cornersOf(box));
      milliseconds += performance.now() - startMs;
      falseFaces += countDetections(faces.map(cornersOf), seen, leastIou).falseFaces;
      for (const face of faces) {
        const group = classes.findLast((from) => face.height >= from) ?? classes[0];
        placed.set(group, (placed.get(group) ?? 0) + 1);
        found.set(group, (found.get(group) ?? 0) + countDetections([cornersOf(face)], seen, leastIou).found);
      }
    }
    const sum = (counts: ReadonlyMap<number, number>) => [...counts.values()].reduce((all, one) => all + one, 0);
    return {
      photos: count,
      faces: sum(placed),
      recall: sum(found) / sum(placed),
      ...Object.fromEntries(
        classes.map((from) => [
          `recallFrom${String(from)}px`,
          (found.get(from) ?? 0) / Math.max(1, placed.get(from) ?? 0),
        ]),
      ),
      falseFacesIn50: (falseFaces / count) * falseFacesIn,
      msPerPhoto: milliseconds / count,
    };
  },
};
