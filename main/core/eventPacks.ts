import { ok, type Result } from '../../preload/index.ts';
import { findPack, loadPack, packKey, type Pack } from '../packs/index.ts';
import type { Store } from './store/index.ts';

/** The packs of an event: see [Note: Another pack]. */
export interface EventPacks {
  /** Its guests and its new photos are looked at with this one. */
  serving: Pack;
  /** The one of the settings, where it is another and is still to look at the event's photos. */
  next: Pack | undefined;
  /** Keys of packs that most of the event's photos have been searched with and that are not there any more, or are damaged. */
  lost: string[];
}

/**
 * The pack that an event is served with: that of the settings, unless the most of its photos have been searched with another one that is still there.
 *
 * @param deps.wanted the pack's folder, as the settings have it
 * @returns models.* where the wanted pack cannot be loaded
 */
export async function packsOf({
  modelsDir,
  wanted,
  store,
  eventId,
}: {
  modelsDir: string;
  wanted: string;
  store: Store;
  eventId: number;
}): Promise<Result<EventPacks>> {
  const loaded = await loadPack(modelsDir, wanted);
  if (!loaded.ok) return loaded;
  const next = loaded.value;
  const nextKey = packKey(next.manifest);
  // What cannot be written now is put there later: the old templates serve as long as they have to.
  store.staged.keepOnly(eventId, nextKey);
  placeStaged(store, eventId, nextKey);

  const lost: string[] = [];
  for (const key of store.staged.packsOf(eventId)) {
    if (key === nextKey) break;
    const serving = await findPack(modelsDir, key);
    if (serving !== undefined) return ok({ serving, next, lost });
    lost.push(key);
  }
  return ok({ serving: next, next: undefined, lost });
}

/** Puts what a pack has found in the place of what the event's photos have, if it has looked at each. @returns false where it could not be done, or not yet */
export function placeStaged(store: Store, eventId: number, key: string): boolean {
  const placed = store.staged.takePlace(eventId, key);
  if (!placed.ok || !placed.value) return false;
  store.audit.add({ actor: 'booth', action: 'models.changed', values: { pack: key } });
  return true;
}
