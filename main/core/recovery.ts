import type { Logger } from 'pino';
import { orphanedEventFolders } from './library/index.ts';
import type { Config } from './config/index.ts';
import type { Ground } from './ground/index.ts';

/** Puts before staff what became of a database that was damaged or gone. */
export function tellOfMishap({ mishap, store }: Ground, log: Logger): void {
  if (mishap === undefined) return;
  log.error({ mishap }, 'the database was damaged or gone');
  const values = mishap.at === 'restored' ? { backedUpAt: mishap.backedUpAt, files: 0 } : { files: 0 };
  store.notices.put(`notice.database-${mishap.at}`, values);
  store.audit.add({
    actor: 'booth',
    action: 'backup.restored',
    values: mishap.at === 'restored' ? { at: mishap.backedUpAt } : {},
  });
}

/** Makes an event again for each folder of originals whose event went with the database; the booth goes on with the largest. */
export function recoverEvents({ mishap, store, events }: Ground, { libraryDir, event }: Config): void {
  if (mishap?.at !== 'lost') return;
  const folders = orphanedEventFolders(libraryDir, store).toSorted((a, b) => b.files - a.files);
  folders.forEach(({ uid }, i) => {
    // The largest is most likely the one that the settings file names.
    const code = i === 0 && event !== undefined ? event.code : `recovered-${uid.slice(0, 8)}`;
    const made = store.events.add({ uid, code, state: 'open', settings: '{}' });
    if (made.ok && i === 0) events.activate(made.value.id);
  });
}
