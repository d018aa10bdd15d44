import watcher from '@parcel/watcher';
import type { Logger } from 'pino';

/** Tells at once of what changes in a folder, as far as the system does; what it misses, looking through the folder finds. */
export interface Hints {
  /** Begins, where it is not under way. @returns whether it has begun with this */
  begin(): Promise<boolean>;
  /** The folder has gone or is another now. */
  end(): Promise<void>;
}

/** @param onHint is told of files that are new or changed */
export function createHints(dir: string, onHint: (files: string[]) => void, log: Logger): Hints {
  let subscription: watcher.AsyncSubscription | undefined;
  // Systems that have no room for more watches, network drives that have none.
  let isImpossible = false;

  return {
    begin: async () => {
      if (subscription !== undefined || isImpossible) return false;
      try {
        subscription = await watcher.subscribe(dir, (error, events) => {
          // Events were lost, or the folder is gone: the next look through it finds out.
          if (error !== null) return;
          onHint(events.flatMap(({ type, path }) => (type === 'delete' ? [] : [path])));
        });
        return true;
      } catch (error) {
        isImpossible = true;
        log.info({ dir, err: error }, 'no hints of what changes in a folder; it is looked through again and again');
        return false;
      }
    },
    end: async () => {
      const ending = subscription;
      subscription = undefined;
      isImpossible = false;
      await ending?.unsubscribe().catch(() => undefined);
    },
  };
}
