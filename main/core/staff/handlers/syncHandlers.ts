import { fail, ok } from '../../../../preload/index.ts';
import type { Sync } from '../../sync/index.ts';
import type { Desk } from '../desk.ts';
import { audited, nothing, type HandlersOf } from './handlers.ts';

export const syncHandlers = (desk: Desk): HandlersOf<'sync'> => {
  const withSync = <T>(work: (sync: Sync) => T) => {
    const sync = desk.services()?.sync;
    return sync === undefined ? fail('sync.off') : work(sync);
  };

  return {
    'sync:open': () => {
      const sync = desk.services()?.sync;
      return ok(sync === undefined ? {} : { sync: sync.progress() });
    },
    'sync:pause': ({ isPaused }) =>
      withSync((sync) => audited(desk, sync.pause(isPaused), isPaused ? 'sync.paused' : 'sync.resumed', {}, nothing)),
    'sync:set-key': ({ lane, ...key }) =>
      withSync((sync) => audited(desk, sync.setKey(lane, key), 'sync.key-set', { lane }, nothing)),
    'sync:retry': () => withSync((sync) => audited(desk, sync.retry(), 'sync.retried', {}, nothing)),
  };
};
