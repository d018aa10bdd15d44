// The real app, for benches of the whole of it.
import { mkdir, rename } from 'node:fs/promises';
import { launchBooth, libraryDirOf, photosDirOf, type Booth, type LaunchOptions } from '../e2e/driver.ts';
import { eventLibrary } from './eventLibrary.ts';
import type { Workbench } from './workbench.ts';

/** A booth's folder with the event's library in it, and no photos to take in yet. */
export async function layOutApp(photos: number, workbench: Workbench): Promise<string> {
  const library = await eventLibrary(photos, workbench);
  const folder = await workbench.temporaryDir();
  await mkdir(photosDirOf(folder));
  await rename(library, libraryDirOf(folder));
  return folder;
}

/** The app at its attract screen; closed at the end, if it has not been before. */
export async function openApp(options: LaunchOptions, workbench: Workbench): Promise<Booth> {
  const booth = await launchBooth(options);
  let isOpen = true;
  const close = async () => {
    if (!isOpen) return;
    isOpen = false;
    await booth.close();
  };
  workbench.defer(close);
  await booth.waitForScreen('attract');
  return { ...booth, close };
}
