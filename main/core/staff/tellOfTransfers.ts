import type { Transfer } from '../../../preload/index.ts';
import type { Desk, OpenGround } from './desk.ts';
import { audit } from './handlers/handlers.ts';
import type { StaffServer } from './staffServer.ts';

/** Tells staff how an export or import gets on, and puts on record how it ended. */
export function tellOfTransfers(desk: Desk, { transfer, events }: OpenGround, staff: StaffServer): void {
  transfer.onChanged((now) => {
    staff.tell('transfer:changed', now);
    record(now);
  });

  function record({ kind, at, folder, eventId }: Transfer): void {
    const event = eventId === undefined ? undefined : events.get(eventId);
    if (at === 'done' && event !== undefined) {
      audit(desk, kind === 'export' ? 'event.exported' : 'event.imported', { event: event.settings.name });
      if (kind === 'import') desk.refresh();
    }
    if (at === 'damaged') audit(desk, 'event.refused', { folder });
  }
}
