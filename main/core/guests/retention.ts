import type { Logger } from 'pino';
import type { BoothEvent, Events } from '../events/index.ts';
import type { EventKeys } from '../keys/index.ts';
import type { FaceIndex } from '../matching/index.ts';
import type { Store } from '../store/index.ts';
import { addDays, localDate } from './localDate.ts';

/** Lets go of what has been kept for long enough: at the start, and every hour. */
export interface Retention {
  start(): void;
  stop(): Promise<void>;
}

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

export function createRetention(deps: {
  store: Store;
  events: Events;
  eventKeys: EventKeys;
  index: FaceIndex;
  onErased: () => Promise<void>;
  log: Logger;
  now?: () => Date;
}): Retention {
  const { store, events, eventKeys, index, onErased, log, now = () => new Date() } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  function run(): void {
    running = running.then(letGo).catch((error: unknown) => log.error({ err: error }, 'retention failed'));
  }

  async function letGo(): Promise<void> {
    let isAnythingGone = false;
    for (const event of events.list()) {
      const today = localDate(event.settings.timeZone, 0, now());
      const visits = eraseOldVisits(event, today);
      const expired = [
        store.keptVisits.removeExpired(today, event.id),
        store.cloudGalleries.removeExpired(today, event.id),
        store.cloudGalleries.removeDoorless(event.id),
      ];
      isAnythingGone ||= visits > 0 || expired.some((removed) => removed.ok && removed.value > 0);
      if (isOver(event)) {
        await putAway(event);
        isAnythingGone = true;
      }
    }
    if (isAnythingGone || store.hasErased()) await onErased();
  }

  /** As if their guests had asked; whoever was given a code or a link has it to the end of the day that was named. @param today 'YYYY-MM-DD' */
  function eraseOldVisits({ id, settings }: BoothEvent, today: string): number {
    const until = new Date(now().getTime() - settings.retentionDays * dayMs).toISOString();
    let erased = 0;
    for (const visitId of store.visits.idsBefore(id, until, today)) {
      const visit = store.visits.get(visitId);
      if (visit !== undefined && store.eraseVisit(visit, 'booth', []).ok) erased += 1;
    }
    if (erased > 0) store.audit.add({ actor: 'booth', action: 'retention.erased', values: { visits: erased } });
    return erased;
  }

  const isOver = ({ settings: { endsOn, retentionDays, timeZone }, keyErasedAt }: BoothEvent): boolean =>
    endsOn !== undefined && keyErasedAt === undefined && addDays(endsOn, retentionDays) < localDate(timeZone, 0, now());

  /** Nobody is found in its photos any more; the photos stay. */
  async function putAway(event: BoothEvent): Promise<void> {
    await index.remove(event.id, store.faces.idsOfEvent(event.id));
    store.faces.removeOfEvent(event.id);
    eventKeys.erase(event.id);
    if (event.state === 'open') events.setState(event.id, 'closed');
    if (events.active()?.id !== event.id) events.setState(event.id, 'archived');
    store.audit.add({ actor: 'booth', action: 'retention.key-erased', values: { event: event.settings.name } });
  }

  return {
    start: () => {
      run();
      timer = setInterval(run, hourMs).unref();
    },
    stop: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
