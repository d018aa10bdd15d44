import type { Logger } from 'pino';
import type { WatchedFolder as FolderSettings } from '../../../preload/index.ts';
import { watchHotFolder, type FolderHealth, type TakeFile, type WatchedFolder } from './hotFolder.ts';

/** Every place that the event's photos come from. */
export interface Sources {
  /** From now on these folders are watched; one that stays as it was is not disturbed. */
  set(folders: readonly FolderSettings[]): Promise<void>;
  /** By path; of those that are on. */
  health(): Map<string, FolderHealth>;
  stop(): Promise<void>;
}

export function createSources(deps: {
  except: string;
  rescanMs: number;
  take: TakeFile;
  mayTake: () => boolean;
  log: Logger;
}): Sources {
  const running = new Map<string, { photographer: string; watched: WatchedFolder }>();

  return {
    set: async (folders) => {
      const wanted = new Map(folders.filter(({ isOn }) => isOn).map((folder) => [folder.path, folder]));
      for (const [path, { photographer, watched }] of running) {
        if (wanted.get(path)?.photographer === photographer) continue;
        running.delete(path);
        await watched.stop();
      }
      for (const [path, { photographer }] of wanted) {
        if (running.has(path)) continue;
        const watched = watchHotFolder({ ...deps, folder: { path, photographer } });
        running.set(path, { photographer, watched });
        watched.start();
      }
    },
    health: () => new Map([...running].map(([path, { watched }]) => [path, watched.health()])),
    stop: async () => {
      await Promise.all([...running.values()].map(({ watched }) => watched.stop()));
      running.clear();
    },
  };
}
