// When a photo was taken, by the event's clocks, from what a camera's says.
import { describe, expect, it } from 'vitest';
import { eventTimeOf } from '../../main/core/library/index.ts';
import { correctionOf } from '../../main/core/staff/clockPhoto.ts';

const paris = { timeZone: 'Europe/Paris', correctionSeconds: 0 };

describe('the event’s time of a photo', () => {
  it('is the camera’s own where that says nothing of where it is', () => {
    expect(eventTimeOf({ at: '2026-06-20T21:04:09' }, paris)).toBe('2026-06-20T21:04:09');
    // This minute does not exist in Paris; the camera has not been told.
    expect(eventTimeOf({ at: '2026-03-29T02:30:00' }, paris)).toBe('2026-03-29T02:30:00');
    expect(eventTimeOf({}, paris)).toBeUndefined();
  });

  it('is brought to the event’s time zone where the camera says how far it is ahead of UTC', () => {
    expect(eventTimeOf({ at: '2026-06-20T23:30:00', utcOffsetMinutes: 0 }, paris)).toBe('2026-06-21T01:30:00');
    expect(eventTimeOf({ at: '2026-06-20T21:04:09', utcOffsetMinutes: 120 }, paris)).toBe('2026-06-20T21:04:09');
    expect(eventTimeOf({ at: '2026-12-20T12:00:00', utcOffsetMinutes: -300 }, paris)).toBe('2026-12-20T18:00:00');
  });

  it('is corrected where the camera’s clock is wrong', () => {
    const slow = { ...paris, correctionSeconds: 192 };
    expect(eventTimeOf({ at: '2026-06-20T23:58:00' }, slow)).toBe('2026-06-21T00:01:12');
    expect(eventTimeOf({ at: '2026-06-20T23:58:00', utcOffsetMinutes: 120 }, slow)).toBe('2026-06-21T00:01:12');
  });
});

describe('a photo of the station’s clock', () => {
  // 21:04:09 in Paris.
  const shown = Date.parse('2026-06-20T19:04:09Z') / 1000;

  it('tells what has to be added to the camera’s', () => {
    expect(correctionOf(shown, { at: '2026-06-20T21:00:57' }, 'Europe/Paris')).toBe(192);
    expect(correctionOf(shown, { at: '2026-06-20T21:05:09' }, 'Europe/Paris')).toBe(-60);
    expect(correctionOf(shown, { at: '2016-01-01T00:00:00' }, 'Europe/Paris')).toBe(
      (Date.parse('2026-06-20T21:04:09Z') - Date.parse('2016-01-01T00:00:00Z')) / 1000,
    );
  });

  it('does so as well for a camera that says where it is', () => {
    expect(correctionOf(shown, { at: '2026-06-20T19:04:00', utcOffsetMinutes: 0 }, 'Europe/Paris')).toBe(9);
  });

  it('sets the photo’s own time to what the clock showed', () => {
    for (const capture of [{ at: '2020-02-29T11:11:11' }, { at: '2026-06-20T19:00:00', utcOffsetMinutes: -300 }]) {
      const correctionSeconds = correctionOf(shown, capture, 'Europe/Paris');
      expect(eventTimeOf(capture, { timeZone: 'Europe/Paris', correctionSeconds })).toBe('2026-06-20T21:04:09');
    }
  });
});
