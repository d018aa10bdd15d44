import { ok } from '../../../../preload/index.ts';
import type { Desk } from '../desk.ts';
import { audit, audited, nothing, withGround, type HandlersOf } from './handlers.ts';

export const frameHandlers = (desk: Desk): HandlersOf<'frame' | 'notices' | 'booth' | 'keys'> => ({
  'frame:open': () =>
    withGround(desk, ({ store, keys, events }) => {
      const event = events.active();
      const { cloud, findme, mail } = desk.config;
      return ok({
        engine: desk.engine(),
        notices: store.notices.list(),
        protection: keys.protection(),
        hasCloud: [cloud, findme, mail].some((place) => place !== undefined),
        ...(event === undefined ? {} : { event: { id: event.id, name: event.settings.name, state: event.state } }),
      });
    }),

  'notices:dismiss': ({ id }) =>
    withGround(desk, ({ store }) => {
      const removed = store.notices.remove(id);
      if (!removed.ok) return removed;
      desk.refresh();
      return ok(nothing());
    }),

  'booth:quit': () => {
    audit(desk, 'booth.quit');
    // The window is to hear of it before its line is gone.
    setTimeout(desk.quit, 100);
    return ok(nothing());
  },

  'keys:unlock': ({ passphrase }) =>
    withGround(desk, async ({ keys }) => {
      const unlocked = await keys.unlock(passphrase);
      if (!unlocked.ok) {
        audit(desk, unlocked.fault.code);
        return unlocked;
      }
      desk.refresh();
      return audited(desk, unlocked, 'keys.unlocked', {}, nothing);
    }),

  'keys:protect': ({ passphrase }) =>
    withGround(desk, async ({ keys, store }) => {
      const kept = await keys.protect(passphrase);
      if (kept.ok) store.notices.removeCode('notice.keys-unprotected');
      desk.refresh();
      return audited(desk, kept, 'keys.protected', {}, nothing);
    }),

  'keys:renew': () =>
    withGround(desk, async ({ keys, store }) => {
      const renewed = await keys.renew();
      if (renewed.ok) store.notices.removeCode('notice.keys-lost');
      desk.refresh();
      return audited(desk, renewed, 'keys.renewed', {}, nothing);
    }),
});
