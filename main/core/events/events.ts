import { EventEmitter } from 'node:events';
import type { Logger } from 'pino';
import { z } from 'zod';
import {
  eventSettingsSchema,
  fail,
  ok,
  type Consent,
  type EventSettings,
  type EventState,
  type Language,
  type NewEventSettings,
  type Result,
} from '../../../preload/index.ts';
import type { EventRow, Store } from '../store/index.ts';
import { consentOf, type ConsentPlace, type Leaving } from './consentText.ts';

export interface BoothEvent extends Omit<EventRow, 'settings'> {
  settings: EventSettings;
}

/** What happens to events, told once it is in the store. */
export interface EventChanges {
  changed: [BoothEvent];
  activated: [BoothEvent];
}

export interface Events {
  readonly changes: EventEmitter<EventChanges>;
  list(): BoothEvent[];
  get(id: number): BoothEvent | undefined;
  find(code: string): BoothEvent | undefined;
  /** The event of that code; where there is none it is made as it comes, open to guests. */
  open(code: string): BoothEvent;
  /** A draft. @returns event.code-taken */
  create(code: string, settings: NewEventSettings): Result<BoothEvent>;
  /** @returns event.unknown, event.code-taken */
  update(id: number, code: string, settings: NewEventSettings): Result<BoothEvent>;
  /** Lets these settings go over what the event has; nothing is told where that changes nothing. */
  apply(id: number, part: Partial<NewEventSettings>): Result<BoothEvent>;
  /** @returns event.not-allowed for a state that does not follow on its own, or the archiving of the active event */
  setState(id: number, state: EventState): Result<BoothEvent>;
  /** The one that the booth stands at. */
  active(): BoothEvent | undefined;
  /** @returns event.not-allowed for an archived one, event.key-erased */
  activate(id: number): Result<BoothEvent>;
  /** What a guest is asked to agree to, in each of the event's languages. */
  consentsOf(event: BoothEvent, place?: ConsentPlace): Partial<Record<Language, Consent>>;
}

const followingStates: Readonly<Record<EventState, readonly EventState[]>> = {
  draft: ['open', 'archived'],
  open: ['closed'],
  closed: ['open', 'archived'],
  archived: ['closed', 'open'],
};

const activeName = 'active-event';

/** @param deps.leaving nothing of a guest leaves the booth, unless it is said what */
export function createEvents({
  store,
  leaving = { hasCloudGalleries: false, hasFindme: false },
  log,
}: {
  store: Store;
  leaving?: Leaving;
  log?: Logger;
}): Events {
  const changes = new EventEmitter<EventChanges>();

  function eventOf(row: EventRow): BoothEvent {
    return { ...row, settings: settingsOf(row) };
  }

  function settingsOf({ id, settings }: EventRow): EventSettings {
    const parsed = eventSettingsSchema.safeParse(jsonOf(settings));
    if (parsed.success) return parsed.data;
    log?.error({ event: id, issues: parsed.error.issues }, 'an event’s settings cannot be understood');
    return eventSettingsSchema.parse({});
  }

  const get = (id: number): BoothEvent | undefined => {
    const row = store.events.get(id);
    return row && eventOf(row);
  };
  const find = (code: string): BoothEvent | undefined => {
    const row = store.events.find(code);
    return row && eventOf(row);
  };
  const active = (): BoothEvent | undefined => {
    const uid = store.booth.get(activeName, z.string());
    const row = uid === undefined ? undefined : store.events.findByUid(uid);
    return row && eventOf(row);
  };

  function add(code: string, state: EventState, settings: NewEventSettings): Result<BoothEvent> {
    if (store.events.find(code) !== undefined) return fail('event.code-taken', code);
    const added = store.events.add({ code, state, settings: JSON.stringify(eventSettingsSchema.parse(settings)) });
    return added.ok ? told('changed', eventOf(added.value)) : added;
  }

  function write(event: BoothEvent, code: string, settings: EventSettings): Result<BoothEvent> {
    const holder = store.events.find(code);
    if (holder !== undefined && holder.id !== event.id) return fail('event.code-taken', code);
    const written = store.events.update(event.id, { code, settings: JSON.stringify(settings) });
    return written.ok ? told('changed', { ...event, code, settings }) : written;
  }

  function told(name: keyof EventChanges, event: BoothEvent): Result<BoothEvent> {
    changes.emit(name, event);
    return ok(event);
  }

  const withEvent = (id: number, work: (event: BoothEvent) => Result<BoothEvent>): Result<BoothEvent> => {
    const event = get(id);
    return event === undefined ? fail('event.unknown') : work(event);
  };

  return {
    changes,
    list: () => store.events.list().map(eventOf),
    get,
    find,
    open: (code) => {
      const known = find(code);
      if (known !== undefined) return known;
      const added = add(code, 'open', {});
      if (!added.ok) throw new Error(`${added.fault.code} ${added.fault.detail ?? ''}`);
      return added.value;
    },
    create: (code, settings) => add(code, 'draft', settings),
    update: (id, code, settings) => withEvent(id, (event) => write(event, code, eventSettingsSchema.parse(settings))),
    apply: (id, part) =>
      withEvent(id, (event) => {
        const settings = eventSettingsSchema.parse({ ...event.settings, ...part });
        const isSame = JSON.stringify(settings) === JSON.stringify(event.settings);
        return isSame ? ok(event) : write(event, event.code, settings);
      }),
    setState: (id, state) =>
      withEvent(id, (event) => {
        if (event.state === state) return ok(event);
        const isActive = active()?.id === id;
        if (!followingStates[event.state].includes(state) || (state === 'archived' && isActive)) {
          return fail('event.not-allowed');
        }
        const set = store.events.setState(id, state);
        return set.ok ? told('changed', { ...event, state }) : set;
      }),
    active,
    activate: (id) =>
      withEvent(id, (event) => {
        if (event.state === 'archived') return fail('event.not-allowed');
        if (event.keyErasedAt !== undefined) return fail('event.key-erased');
        const set = store.booth.set(activeName, event.uid);
        return set.ok ? told('activated', event) : set;
      }),
    consentsOf: ({ settings }, place = 'kiosk') =>
      Object.fromEntries(
        settings.languages.map((language) => [language, consentOf(settings, language, place, leaving)]),
      ),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
