// An event whose photos are the sample photos: made with the command line tool, as a crew prepares a booth the day before.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { createEvents, openStore } from '../../main/core/index.ts';
import type { NewEventSettings } from '../../preload/index.ts';
import { valueOf } from '../fixtures/core.ts';
import { entriesDir } from '../fixtures/pack.ts';
import { sampleFile } from '../fixtures/photos.ts';
import { eventCode, libraryDirOf, photosDirOf } from './driver.ts';

const execFileAsync = promisify(execFile);

/** Puts these samples into the booth's folder of photos, and has them searched, so that the app finds them from its first moment on. */
export async function prepareEvent(folder: string, samples: readonly number[]): Promise<void> {
  await mkdir(photosDirOf(folder), { recursive: true });
  for (const sample of samples) await addPhoto(folder, sample);
  const folders = ['--photos', photosDirOf(folder), '--library', libraryDirOf(folder)];
  await execFileAsync(process.execPath, [path.join(entriesDir, 'cli.js'), 'ingest', ...folders, '--event', eventCode], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
  });
}

/** Gives the crew their PIN, as an owner does where no wizard has asked for one. While the app is not running. */
export async function choosePin(folder: string, pin: string): Promise<void> {
  const args = [path.join(entriesDir, 'cli.js'), 'pin', '--library', libraryDirOf(folder)];
  const command = execFileAsync(process.execPath, args, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } });
  command.child.stdin?.end(`${pin}\n`);
  await command;
}

/** Sets what the crew would set in the event's editor. While the app is not running. */
export function setEvent(folder: string, part: Partial<NewEventSettings>): void {
  const store = valueOf(openStore(libraryDirOf(folder)));
  try {
    const events = createEvents({ store });
    valueOf(events.apply(events.open(eventCode).id, part));
  } finally {
    store.close();
  }
}

/** A photographer hands in a photo: whole or not at all, as a card reader's copy should be. */
export async function addPhoto(folder: string, sample: number): Promise<void> {
  const file = path.join(photosDirOf(folder), `sample${String(sample)}.jpg`);
  await copyFile(sampleFile(sample), `${file}.part`);
  await rename(`${file}.part`, file);
}

/** What everybody calls a sample's photo: the hash of its bytes. */
export const hashOf = async (sample: number): Promise<string> =>
  createHash('sha256')
    .update(await readFile(sampleFile(sample)))
    .digest('hex');
