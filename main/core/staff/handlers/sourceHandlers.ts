import { fail, ok, type EventSettings, type Result, type Source } from '../../../../preload/index.ts';
import type { BoothEvent } from '../../events/index.ts';
import type { ClockPhoto } from '../clockPhoto.ts';
import type { Desk } from '../desk.ts';
import { audited, nothing, withGround, type HandlersOf } from './handlers.ts';

// As many as are seen at a glance.
const mostAlbums = 5;

type Folders = EventSettings['folders'];

export const sourceHandlers = (desk: Desk, clock: ClockPhoto): HandlersOf<'sources'> => {
  /** The active event gets other folders. */
  const change = (to: (folders: Folders) => Folders, action: string, folder: string): Result<Record<string, never>> =>
    withGround(desk, ({ events }) => {
      const event = events.active();
      if (event === undefined) return fail('event.unknown');
      const changed = events.apply(event.id, { folders: to(event.settings.folders) });
      return audited<BoothEvent, Record<string, never>>(desk, changed, action, { folder }, nothing);
    });

  return {
    'sources:open': () =>
      withGround(desk, ({ events, store }) => {
        const event = events.active();
        const healths = new Map(desk.services()?.sources.health() ?? []);
        return ok(
          (event?.settings.folders ?? []).map((folder): Source => {
            const health = healths.get(folder.path);
            const { trouble, lastAt, ...figures } = health ?? {
              state: 'looking' as const,
              waiting: 0,
              taken: 0,
              troubled: 0,
            };
            return {
              ...folder,
              ...figures,
              ...(folder.isOn ? {} : { state: 'off' as const }),
              ...(trouble === undefined ? {} : { trouble }),
              ...(lastAt === undefined ? {} : { lastAt }),
              albums: event === undefined ? [] : store.photos.albumsOf(event.id, folder.path, mostAlbums),
              clock: clock.stateOf(folder.path),
            };
          }),
        );
      }),

    'sources:set': (folder) =>
      change(
        (folders) =>
          folders.some(({ path }) => path === folder.path)
            ? folders.map((one) => (one.path === folder.path ? folder : one))
            : [...folders, folder],
        'source.changed',
        folder.path,
      ),

    'sources:remove': ({ path }) =>
      change((folders) => folders.filter((one) => one.path !== path), 'source.removed', path),

    'sources:await-clock': ({ path }) => {
      clock.await(path);
      return ok({});
    },
  };
};
