import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { consentTextOf, createEvents, type Events } from '../../main/core/events/index.ts';
import { addDays, localDate, localMidnight } from '../../main/core/guests/localDate.ts';
import { openStore, type Store } from '../../main/core/store/index.ts';
import { eventSettingsSchema } from '../../preload/index.ts';
import { codeFromName } from '../../renderer/staff/setup/codeFromName.ts';
import { codeOf, valueOf } from '../fixtures/core.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

let store: Store;
let events: Events;
beforeEach(async () => {
  store = valueOf(openStore(await temporaryFolder()));
  events = createEvents({ store });
});
afterEach(() => store.close());

describe('an event', () => {
  it('has a code of its own, settings that are checked, and an identity that none of it changes', () => {
    const { id, uid } = valueOf(events.create('wedding', { name: 'Ana & Léo' }));
    expect(codeOf(events.create('wedding', {}))).toBe('event.code-taken');
    const gala = valueOf(events.create('gala', {}));
    expect(codeOf(events.update(gala.id, 'wedding', {}))).toBe('event.code-taken');
    expect(codeOf(events.update(99, 'nobody', {}))).toBe('event.unknown');
    valueOf(events.update(id, 'noces', { name: 'Les noces', retentionDays: 3 }));
    expect(events.get(id)).toMatchObject({ uid, code: 'noces', settings: { name: 'Les noces', retentionDays: 3 } });
    expect(() => events.update(id, 'noces', { retentionDays: 0 })).toThrow();
    expect(events.find('wedding')).toBeUndefined();
  });

  it('is found by its code whatever the case and the blanks, and has it to itself all the same', () => {
    const { id } = valueOf(events.create('Été 2026', {}));
    for (const typed of ['Été 2026', 'été 2026', ' ÉTÉ 2026\n', 'e\u0301te\u0301 2026']) {
      expect([typed, events.find(typed)?.id]).toEqual([typed, id]);
      expect([typed, codeOf(events.create(typed, {}))]).toEqual([typed, 'event.code-taken']);
    }
    expect(events.find('ete 2026')).toBeUndefined();
    const gala = valueOf(events.create('gala', {}));
    expect(codeOf(events.update(gala.id, 'ÉTÉ 2026', {}))).toBe('event.code-taken');
    // Its own in another case is nobody else's.
    valueOf(events.update(gala.id, 'Gala', {}));
    expect(events.find('gala')).toMatchObject({ id: gala.id, code: 'Gala' });
    // Those of a library from before that are alike are each found by what it is exactly.
    const older = valueOf(store.events.add({ code: 'GALA', state: 'open', settings: '{}' }));
    expect([events.find('GALA')?.id, events.find('Gala')?.id]).toEqual([older.id, gala.id]);
  });

  it('goes from state to state as it can, and the booth’s own is not put away', () => {
    const { id } = valueOf(events.create('wedding', {}));
    const to = (state: 'open' | 'closed' | 'archived' | 'draft') => codeOf(events.setState(id, state));
    expect([to('closed'), to('open'), to('draft')]).toEqual(['event.not-allowed', 'ok', 'event.not-allowed']);
    valueOf(events.activate(id));
    expect(events.active()?.id).toBe(id);
    expect([to('closed'), to('archived')]).toEqual(['ok', 'event.not-allowed']);
    valueOf(events.activate(valueOf(events.create('gala', {})).id));
    expect([to('archived'), codeOf(events.activate(id)), to('open')]).toEqual(['ok', 'event.not-allowed', 'ok']);
  });

  it('tells of each change once it is kept, and of nothing that changes nothing', () => {
    const told: string[] = [];
    events.changes.on('changed', ({ settings }) => told.push(settings.name));
    const { id } = valueOf(events.create('wedding', { name: 'A' }));
    valueOf(events.apply(id, { name: 'A' }));
    valueOf(events.apply(id, { name: 'B' }));
    expect(told).toEqual(['A', 'B']);
  });

  it('whose settings cannot be understood comes up with the ones that it would be made with', () => {
    const { id } = valueOf(events.create('wedding', { name: 'A' }));
    for (const text of ['', '{', '[]', '{"name":7}']) {
      valueOf(store.events.update(id, { code: 'wedding', settings: text }));
      expect(events.get(id)?.settings).toEqual(eventSettingsSchema.parse({}));
    }
  });
});

describe('a consent', () => {
  const shown = (settings: object, language: 'fr' | 'en' = 'fr') => {
    const event = valueOf(events.apply(events.open('wedding').id, settings));
    return events.consentsOf(event)[language];
  };

  it('says how long, in the event’s languages, in one text that is recorded word for word', () => {
    const french = shown({ retentionDays: 12 });
    const text = french && consentTextOf(french);
    for (const point of french?.points ?? []) expect(text).toContain(point.text);
    expect(text).toContain('12');
    expect(shown({}, 'en')?.title).toMatch(/\?$/);
    expect(shown({ languages: ['fr'] }, 'en')).toBeUndefined();
  });

  it('has another version whenever a word is another, and the same for the same words', () => {
    const version = shown({ retentionDays: 30 })?.version;
    expect(shown({ accent: '#000000' })?.version).toBe(version);
    expect(shown({ retentionDays: 31 })?.version).not.toBe(version);
    const own = shown({ consentTexts: { fr: 'Un mot.\n\n  Un autre.  \n' } });
    expect(own?.points).toEqual([{ text: 'Un mot.' }, { text: 'Un autre.' }]);
    expect(shown({ consentTexts: { fr: 'Un mot.\n\nUn autre !' } })?.version).not.toBe(own?.version);
  });
});

describe('what leaves the booth', () => {
  const textWith = (leaving: { hasCloudGalleries: boolean; hasFindme: boolean }, place: 'kiosk' | 'phone') => {
    const told = createEvents({ store, leaving });
    const { fr, en } = told.consentsOf(told.open('wedding'), place);
    return [fr, en].map((consent) => (consent === undefined ? '' : consentTextOf(consent))).join('\n');
  };

  it('is told to a guest before anything is looked at, and nothing is told that does not', () => {
    const [hasCloudGalleries, hasFindme] = [true, true];
    for (const place of ['kiosk', 'phone'] as const) {
      const nothing = textWith({ hasCloudGalleries: false, hasFindme: false }, place);
      expect(nothing).not.toMatch(/en ligne|online|FindMe/);
      expect(textWith({ hasCloudGalleries, hasFindme: false }, place)).toMatch(/en ligne[^]*put online/);
      const service = textWith({ hasCloudGalleries: false, hasFindme }, place);
      expect(service).toMatch(/service FindMe[^]*FindMe service/);
      // That nothing leaves the booth would not be true any more.
      expect(service).not.toMatch(/Rien n’en sort|Nothing leaves it|Il ne part pas sur Internet|does not go on/);
    }
  });
});

describe('dates', () => {
  it('are those of the event’s place', () => {
    const newYear = new Date('2026-12-31T23:30:00Z');
    expect(localDate('Europe/Paris', 0, newYear)).toBe('2027-01-01');
    expect(localDate('America/New_York', 0, newYear)).toBe('2026-12-31');
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01');
    expect(localMidnight('Europe/Paris', newYear).toISOString()).toBe('2026-12-31T23:00:00.000Z');
    expect(localMidnight('Asia/Kolkata', newYear).toISOString()).toBe('2026-12-31T18:30:00.000Z');
  });
});

describe('a code that is made of a name', () => {
  it('has no accent, sign or space', () => {
    expect(codeFromName('Fête d’été à Évian !')).toBe('fete-d-ete-a-evian');
    expect(codeFromName('  Ana & Léo  ')).toBe('ana-leo');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (name) => {
        expect(codeFromName(name)).toMatch(/^$|^[a-z0-9][a-z0-9-]*$/);
      }),
    );
  });
});
