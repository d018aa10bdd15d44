import path from 'node:path';
import Database from 'better-sqlite3';
import { writeHostileFiles, type HostileFile } from '../fixtures/hostileFiles.ts';
import { photograph } from '../fixtures/photographer/index.ts';
import { audit } from './audit.ts';
import { outcomeOf, placeIn, settle, smallPictures, type Fault } from './ground.ts';

const photosAmong = 20;

export const hostile: Fault = {
  name: 'hostile',
  about:
    'decompression bombs, sparse and polyglot files, EXIF that goes round in circles, names that mean something else',
  run: async (ground, scale) => {
    const { folder, libraryDir, booth } = await placeIn(ground);
    const pictures = await smallPictures();
    const isWhole = scale === 1;
    const files = await writeHostileFiles(path.join(folder, 'hostile'), pictures[0], isWhole);
    booth.start();
    const shots = await photograph({
      ...{ folder: path.join(folder, 'photos'), pictures, perSecond: 10, count: photosAmong, seed: ground.seed },
    });
    const refused = files.filter(({ expected }) => expected === 'refused').length;
    const wanted = files.filter(({ expected }) => expected !== 'refused' && expected !== 'passed over');
    await settle(booth, { photos: shots.length + wanted.length, refused });
    const { coreRss, workerRss } = booth.largest();
    await booth.stop();
    const surprises = surprisesAmong(files, libraryDir);
    const taken = new Set([...wanted.map((file) => file.path), ...shots.map((shot) => shot.path)]);
    const outcome = outcomeOf(await audit(folder, libraryDir, (file) => taken.has(file)), {
      hostile: files.length,
      surprises: surprises.length,
      ...(surprises.length === 0 ? {} : { 'which are': JSON.stringify(surprises) }),
      'core MB': Math.round(coreRss / 1e6),
      'largest worker MB': Math.round(workerRss / 1e6),
    });
    return { ...outcome, ok: outcome.ok && surprises.length === 0 };
  },
};

/** Files of which something else became than is expected. */
function surprisesAmong(files: readonly HostileFile[], libraryDir: string): string[] {
  const database = new Database(path.join(libraryDir, 'library.db'), { readonly: true });
  try {
    const find = database.prepare<[string], { state: string; fault: string | null }>(
      'SELECT state, fault_code AS fault FROM photos JOIN origins ON photo_id = photos.id WHERE path = ?',
    );
    return files.flatMap(({ path: file, expected }) => {
      const found = find.get(file);
      const became = found === undefined ? 'nothing' : (found.fault ?? found.state);
      const isExpected =
        expected === 'told'
          ? found !== undefined
          : became === { searched: 'indexed', refused: 'nothing', 'passed over': 'nothing' }[expected as string] ||
            became === expected;
      return isExpected ? [] : [`${file}: ${became} and not ${expected}`];
    });
  } finally {
    database.close();
  }
}
