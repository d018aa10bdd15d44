import { access, copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Store } from '../store/index.ts';
import { originalPathOf, originalsDirOf } from './originalPaths.ts';

const shard = /^[0-9a-f]{2}$/;

/** Libraries had all events' files in one folder once. Each file goes to the events that have its photo; cut off, it goes on at the next start. */
export async function moveToEvents(libraryDir: string, store: Store): Promise<void> {
  const dir = originalsDirOf(libraryDir);
  const shards = (await readdir(dir)).filter((name) => shard.test(name));
  if (shards.length === 0) return;
  for (const { id, uid } of store.events.list()) {
    for (const sha256 of store.photos.hashes(id)) await place(sha256, uid);
  }
  for (const name of shards) await rm(path.join(dir, name), { recursive: true });

  async function place(sha256: string, eventUid: string): Promise<void> {
    const from = path.join(dir, sha256.slice(0, 2), sha256);
    const to = originalPathOf(libraryDir, { eventUid, sha256 });
    if (!(await isThere(from)) || (await isThere(to))) return;
    await mkdir(path.dirname(to), { recursive: true });
    // A copy, since another event may have the same photo; under another name until it is whole.
    await copyFile(from, `${to}.part`);
    await rename(`${to}.part`, to);
  }
}

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
