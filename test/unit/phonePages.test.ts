import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { registrationSchema, type GalleryPhoto } from '../../preload/index.ts';
import { newIn } from '../../renderer/phone/newIn.ts';
import { stacksOf } from '../../renderer/ui/stacks.ts';
import { inGroups } from '../../preload/index.ts';
import { createKept } from '../../renderer/phone/kept.ts';
import { createLanguage, languageOf } from '../../renderer/phone/language.ts';
import { layerOf, pageOf } from '../../renderer/phone/place.ts';
import { sentSize } from '../../renderer/phone/selfie/shrinkPicture.ts';
import { retryAfterMs } from '../../renderer/phone/server/reply.ts';
import { codeLengths, codeOf } from '../../renderer/phone/start/code.ts';
import { isEmail } from '../../renderer/phone/start/email.ts';

const token = 'AAAAAAAAAAAAAAAAAAAAAA';

const photo = (id: number, burstId?: number): GalleryPhoto => ({
  id,
  width: 3,
  height: 2,
  takenAt: '2026-06-13T22:12:00',
  ...(burstId !== undefined && { burstId }),
});

/** What a browser keeps for a page. */
const storage = (): Storage => {
  const kept = new Map<string, string>();
  return {
    get length() {
      return kept.size;
    },
    clear: () => kept.clear(),
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};

describe('where a guest is', () => {
  it('is a gallery by its address, and else the start page', () => {
    expect(pageOf({ pathname: `/g/${token}`, search: '' })).toEqual({ at: 'gallery', token });
    expect(pageOf({ pathname: `/g/${token}/`, search: '?x=1' })).toEqual({ at: 'gallery', token });
    expect(pageOf({ pathname: '/', search: '' })).toEqual({ at: 'start', eventCode: undefined });
    expect(pageOf({ pathname: '/', search: '?event=%20ete-2026%20' })).toEqual({ at: 'start', eventCode: 'ete-2026' });
    expect(pageOf({ pathname: `/g/${token}/more`, search: '?event=' })).toEqual({ at: 'start', eventCode: undefined });
  });

  it('is read back from what the history keeps, and from nothing else', () => {
    expect(layerOf({ at: 'viewer', photoId: 7 })).toEqual({ at: 'viewer', photoId: 7 });
    expect(layerOf({ at: 'erase', more: 1 })).toEqual({ at: 'erase' });
    for (const state of [
      null,
      undefined,
      'erase',
      3,
      {},
      { at: 'viewer' },
      { at: 'viewer', photoId: '7' },
      { at: 'x' },
    ]) {
      expect(layerOf(state)).toBeUndefined();
    }
  });
});

describe('the language', () => {
  it('is the first of the phone’s that the event has', () => {
    expect(languageOf(['de-DE', 'en-GB', 'fr'], ['fr', 'en'])).toBe('en');
    expect(languageOf(['de'], ['fr', 'en'])).toBeUndefined();
  });

  it('is the event’s where the phone speaks none of them, the gallery’s before that, and the guest’s choice before all', () => {
    const spoken = createLanguage(['de']);
    spoken.offer(['en', 'fr']);
    expect(spoken.current()).toBe('en');
    spoken.fallBackTo('fr');
    expect(spoken.current()).toBe('fr');
    spoken.choose('en');
    spoken.fallBackTo('fr');
    expect(spoken.current()).toBe('en');
  });

  it('is none that the event does not have', () => {
    const spoken = createLanguage(['en']);
    spoken.choose('en');
    spoken.offer(['fr']);
    expect(spoken.current()).toBe('fr');
  });
});

describe('a code from the kiosk', () => {
  it('is read as it is typed, however it is written', () => {
    expect(codeOf('abcd-2345')).toBe('ABCD2345');
    expect(inGroups('ABCD2')).toBe('ABCD 2');
    expect(inGroups('ABCD')).toBe('ABCD');
    expect(inGroups('ABCD2345EFGH')).toBe('ABCD 2345 EFGH');
  });

  it('stays the same when what is shown is read again', () => {
    fc.assert(
      fc.property(fc.string(), (typed) => {
        expect(codeOf(inGroups(codeOf(typed)))).toBe(codeOf(typed));
        expect(codeOf(typed).length).toBeLessThanOrEqual(Math.max(...codeLengths));
      }),
    );
  });
});

describe('an e-mail address', () => {
  const { email: schema } = registrationSchema.shape;

  it('is one to a phone exactly where it is one to the server', () => {
    const isOne = (typed: string) => schema.safeParse(typed).success;
    for (const typed of ['ana@example.org', 'a.b+c@d-e.example.org', `${'a'.repeat(242)}@example.org`]) {
      expect([typed, isEmail(typed)]).toEqual([typed, true]);
    }
    for (const typed of [
      '',
      'ana',
      'ana@booth',
      'ana@',
      '@b.org',
      'a..b@c.org',
      'a b@c.org',
      'é@c.org',
      'a@c.org,b@d.org',
    ]) {
      expect([typed, isEmail(typed)]).toEqual([typed, false]);
    }
    const typed = fc.oneof(fc.emailAddress(), fc.string(), fc.stringMatching(/^[a-z.+ -]{1,4}@[a-z0-9.-]{1,7}$/));
    fc.assert(
      fc.property(typed, (typed) => {
        expect(isEmail(typed)).toBe(isOne(typed));
      }),
    );
    const long = `${'a'.repeat(243)}@example.org`;
    expect([isEmail(long), isOne(long)]).toEqual([false, false]);
  });
});

describe('a gallery', () => {
  it('shows one photo of a burst, with the number of those behind it', () => {
    const stacks = stacksOf([photo(1), photo(2, 1), photo(3, 1), photo(4), photo(5, 1)]);
    expect(stacks.map((stack) => [stack.photo.id, stack.behind])).toEqual([
      [1, 0],
      [2, 2],
      [4, 0],
    ]);
  });

  it('knows what is new', () => {
    expect(newIn([photo(1), photo(2)], [photo(3), photo(2), photo(4)])).toEqual([3, 4]);
  });
});

describe('a selfie', () => {
  it('is sent with its longest side at 1600 px, and a small one as it is', () => {
    expect(sentSize({ width: 3024, height: 4032 })).toEqual({ width: 1200, height: 1600 });
    expect(sentSize({ width: 640, height: 480 })).toEqual({ width: 640, height: 480 });
  });
});

describe('a server that is busy', () => {
  it('is asked again when it says so, neither at once nor never', () => {
    expect(retryAfterMs('5')).toBe(5000);
    expect(retryAfterMs('0')).toBe(1000);
    expect(retryAfterMs('86400')).toBe(15_000);
    for (const header of [null, '', 'soon', 'Wed, 21 Oct 2026 07:28:00 GMT']) expect(retryAfterMs(header)).toBe(3000);
  });
});

describe('the galleries that a phone keeps', () => {
  const visit = { token, expiresAt: '2026-07-01T00:00:00Z' };
  const before = Date.parse('2026-06-14T00:00:00Z');

  it('are found again by their event, or the last one where that is not known', () => {
    const place = storage();
    const kept = createKept(
      () => place,
      () => before,
    );
    kept.keep('spring', { ...visit, token: 'b' });
    kept.keep('summer', visit);
    expect(kept.visitOf('spring')?.token).toBe('b');
    expect(kept.visitOf('Spring')?.token).toBe('b');
    expect(kept.visitOf('autumn')).toBeUndefined();
    expect(kept.visitOf(undefined)?.token).toBe(token);
  });

  it('go with their time, or when they are forgotten', () => {
    const place = storage();
    let now = before;
    const kept = createKept(
      () => place,
      () => now,
    );
    kept.keep('summer', visit);
    now = Date.parse('2026-07-02T00:00:00Z');
    expect(kept.visitOf('summer')).toBeUndefined();
    now = before;
    kept.forget(token);
    expect(kept.visitOf('summer')).toBeUndefined();
    expect(place.getItem('findme.visits')).toBe('[]');
  });

  it('are none in a browser that keeps nothing, or something else', () => {
    const forbidden = createKept(() => {
      throw new Error('SecurityError');
    }, Date.now);
    forbidden.keep('summer', visit);
    expect(forbidden.visitOf('summer')).toBeUndefined();
    const place = storage();
    for (const found of ['', 'null', '{"summer":1}', '[1,["summer"],["summer",null],["summer",{"token":5}]]']) {
      place.setItem('findme.visits', found);
      expect(createKept(() => place, Date.now).visitOf(undefined)).toBeUndefined();
    }
  });
});
