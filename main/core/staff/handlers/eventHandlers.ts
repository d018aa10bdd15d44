import { fail, ok, type StaffEvent } from '../../../../preload/index.ts';
import type { BoothEvent } from '../../events/index.ts';
import type { Desk, OpenGround } from '../desk.ts';
import { audited, nothing, withGround, withServices, type HandlersOf } from './handlers.ts';

const named = ({ settings }: BoothEvent) => ({ event: settings.name });

export const eventHandlers = (desk: Desk): HandlersOf<'events' | 'transfer'> => ({
  'events:list': () =>
    withGround(desk, (ground) => ok(ground.events.list().map((event) => staffEventOf(ground, event)))),

  'events:create': ({ code, settings }) =>
    withGround(desk, ({ events }) =>
      audited(desk, events.create(code, settings), 'event.created', named, ({ id }) => ({ id })),
    ),

  'events:update': ({ id, code, settings }) =>
    withGround(desk, ({ events }) => audited(desk, events.update(id, code, settings), 'event.updated', named, nothing)),

  'events:set-state': ({ id, state }) =>
    withGround(desk, ({ events }) =>
      audited(
        desk,
        events.setState(id, state),
        'event.state-changed',
        (event) => ({ ...named(event), state }),
        nothing,
      ),
    ),

  'events:activate': ({ id }) =>
    withGround(desk, ({ events }) => audited(desk, events.activate(id), 'event.activated', named, nothing)),

  'events:erase-key': ({ id, code }) =>
    withGround(desk, async ({ store, events, keys, backups }) => {
      const event = events.get(id);
      if (event === undefined) return fail('event.unknown');
      if (event.code !== code) return fail('event.wrong-code');
      // What goes on being sealed needs a key.
      if (events.active()?.id === id) return fail('event.not-allowed');
      const eventKeys = keys.eventKeys();
      if (eventKeys === undefined) return fail('keys.locked');
      const erased = eventKeys.erase(id);
      if (!erased.ok) return erased;
      store.faces.removeOfEvent(id);
      const replaced = await backups.replaceAll();
      if (!replaced.ok) store.notices.put('notice.backup-failed', { code: replaced.fault.code });
      return audited(desk, erased, 'event.key-erased', named(event), nothing);
    }),

  'events:add-picture': ({ file }) =>
    withServices(desk, async ({ branding }) =>
      audited(desk, await branding.add(file), 'picture.added', {}, (picture) => ({ picture })),
    ),

  // How they end is put on record by whoever hears of it.
  'events:export': ({ id, folder, passphrase }) =>
    withGround(desk, ({ transfer }) => {
      const begun = transfer.export(id, folder, passphrase);
      return begun.ok ? ok(nothing()) : begun;
    }),
  'events:import': ({ folder, passphrase }) =>
    withGround(desk, ({ transfer }) => {
      const begun = transfer.import(folder, passphrase);
      return begun.ok ? ok(nothing()) : begun;
    }),
  'transfer:open': () =>
    withGround(desk, (ground) => {
      const transfer = ground.transfer.state();
      return ok(transfer === undefined ? {} : { transfer });
    }),
});

function staffEventOf({ store, events }: OpenGround, event: BoothEvent): StaffEvent {
  const { id, code, state, settings, createdAt, keyErasedAt } = event;
  const { stored, indexed, quarantined } = store.photos.count(id);
  return {
    id,
    code,
    state,
    isActive: events.active()?.id === id,
    settings,
    photos: stored + indexed + quarantined,
    faces: store.faces.count(id),
    visits: store.visits.count(id),
    createdAt,
    ...(keyErasedAt === undefined ? {} : { keyErasedAt }),
  };
}
