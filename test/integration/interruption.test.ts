// Cut off in the middle, by a person or by the power, and started again: nothing is lost, nothing is there twice.
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { ingestResultSchema, jsonOf, runCli, signalGroup, startCli, type CliRun } from '../fixtures/cli.ts';
import { filesIn, temporaryFolder } from '../fixtures/folders.ts';
import { facesInScene, sceneFile, writeVariants } from '../fixtures/photos.ts';

const photoCount = 40;
/** So that more than one photo is under way when it is cut off. */
const poolSize = 2;

async function places() {
  const folder = await temporaryFolder();
  const photosDir = path.join(folder, 'photos');
  await mkdir(photosDir);
  await writeVariants(sceneFile, photoCount, photosDir);
  const libraryDir = path.join(folder, 'library');
  return { libraryDir, args: ['ingest', '--photos', photosDir, '--library', libraryDir] };
}

const originalsIn = (libraryDir: string) => filesIn(path.join(libraryDir, 'originals'));

/** Waits until that many originals lie in the library: then photos are being searched and others are still to be taken. */
async function untilStored(libraryDir: string, count: number, run: CliRun): Promise<void> {
  while ((await originalsIn(libraryDir)).length < count) {
    if (run.child.exitCode !== null) expect.fail('it ended before it could be cut off');
    await setTimeout(5);
  }
}

async function expectWhole(libraryDir: string, args: readonly string[]): Promise<void> {
  const end = await runCli([...args, '--json'], { poolSize });
  expect(end).toMatchObject({ code: 0, stderr: '' });
  const result = ingestResultSchema.parse(jsonOf(end));
  expect(result).toMatchObject({
    files: photoCount,
    indexed: photoCount,
    quarantined: 0,
    faces: photoCount * facesInScene,
  });
  expect(result.taken + result.known).toBe(photoCount);
  expect(await originalsIn(libraryDir)).toHaveLength(photoCount);
  expect(await filesIn(path.join(libraryDir, 'incoming'))).toEqual([]);

  const database = new Database(path.join(libraryDir, 'library.db'), { readonly: true });
  try {
    const faces = database.prepare('SELECT count(*) AS faces FROM faces GROUP BY photo_id').all();
    expect(faces).toEqual(new Array(photoCount).fill({ faces: facesInScene }));
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
  } finally {
    database.close();
  }
}

describe.skipIf(process.platform === 'win32')('an ingest', () => {
  it.each([
    ['Ctrl-C, which the workers get too', (run: CliRun) => signalGroup(run, 'SIGINT')],
    ['being told to end', (run: CliRun) => run.child.kill('SIGTERM')],
  ])('stops at %s, says so, and goes on at the next run', async (_, interrupt) => {
    const { libraryDir, args } = await places();
    const run = startCli(args, { poolSize });
    await untilStored(libraryDir, 8, run);
    interrupt(run);
    const { code, stdout, stderr } = await run.end;
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(stderr).toBe('engine.stopping  Stopped before this was done. Run it again to go on.\n');
    await expectWhole(libraryDir, args);
  });

  it('says in JSON that it was stopped', async () => {
    const { libraryDir, args } = await places();
    const run = startCli([...args, '--json'], { poolSize });
    await untilStored(libraryDir, 3, run);
    signalGroup(run, 'SIGINT');
    const end = await run.end;
    expect(end).toMatchObject({ code: 130, stderr: '' });
    expect(jsonOf(end)).toMatchObject({ error: { code: 'engine.stopping' } });
  });

  it('survives being killed again and again, workers and all', async () => {
    const { libraryDir, args } = await places();
    for (const count of [2, 13, 27]) {
      const run = startCli(args, { poolSize });
      await untilStored(libraryDir, count, run);
      signalGroup(run, 'SIGKILL');
      expect((await run.end).signal).toBe('SIGKILL');
    }
    // As a kill in the middle of a copy leaves it.
    await writeFile(path.join(libraryDir, 'incoming', 'half-a-photo'), 'half');
    await expectWhole(libraryDir, args);
  });

  it('leaves no worker behind when it alone is killed', async () => {
    const { libraryDir, args } = await places();
    const run = startCli(args, { poolSize });
    await untilStored(libraryDir, 5, run);
    run.child.kill('SIGKILL');
    // The group lives as long as any of its processes does.
    const isAlive = () => {
      try {
        signalGroup(run, 0);
        return true;
      } catch {
        return false;
      }
    };
    const startMs = performance.now();
    while (isAlive() && performance.now() - startMs < 10_000) await setTimeout(50);
    const isLeftBehind = isAlive();
    if (isLeftBehind) signalGroup(run, 'SIGKILL');
    expect(isLeftBehind).toBe(false);
    await expectWhole(libraryDir, args);
  });
});
