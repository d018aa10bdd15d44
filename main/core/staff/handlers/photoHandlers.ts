import { ok, type Queue } from '../../../../preload/index.ts';
import type { Desk, Services } from '../desk.ts';
import { audited, nothing, withGround, withServices, type HandlersOf } from './handlers.ts';

const minuteMs = 60_000;

/** How the event's photos get on. */
export function queueOf(desk: Desk, { eventId }: Pick<Services, 'eventId'>): Queue {
  const photos = desk.ground()?.store.photos;
  const counts = photos?.count(eventId) ?? { stored: 0, indexed: 0, quarantined: 0 };
  const perMinute = photos?.countIndexedSince(eventId, new Date(Date.now() - minuteMs).toISOString()) ?? 0;
  const halted = desk.halted();
  return {
    ...counts,
    perMinute,
    ...(counts.stored === 0 || perMinute === 0 ? {} : { secondsLeft: (60 * counts.stored) / perMinute }),
    ...(halted === undefined ? {} : { halted }),
  };
}

export const photoHandlers = (desk: Desk): HandlersOf<'wall' | 'queue'> => ({
  'wall:open': () =>
    withServices(desk, (services) => ok({ photos: desk.wall(), perMinute: queueOf(desk, services).perMinute })),

  'queue:open': () =>
    withServices(desk, (services) =>
      withGround(desk, ({ store }) =>
        ok({ queue: queueOf(desk, services), quarantined: store.photos.listQuarantined(services.eventId) }),
      ),
    ),

  'queue:retry': ({ photoId }) =>
    withServices(desk, ({ library, eventId }) =>
      audited(desk, library.retry(eventId, photoId), 'queue.retried', (photos) => ({ photos }), nothing),
    ),
});
