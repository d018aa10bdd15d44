import { describe, expect, it } from 'vitest';
import { datesText } from '../../main/core/printing/datesText.ts';

const takenAt = '2026-06-12T23:30:00';

describe('the days on a sheet', () => {
  it('are the event’s, in its first language', () => {
    expect(datesText({ startsOn: '2026-06-12', languages: ['fr', 'en'] }, takenAt)).toBe('12 juin 2026');
    expect(datesText({ startsOn: '2026-06-12', endsOn: '2026-06-12', languages: ['en'] }, takenAt)).toBe(
      '12 June 2026',
    );
    expect(datesText({ startsOn: '2026-06-12', endsOn: '2026-06-14', languages: ['fr'] }, takenAt)).toMatch(
      /^12[–-]14 juin 2026$/,
    );
  });

  it('are the photo’s where the event has none', () => {
    expect(datesText({ languages: ['fr'] }, takenAt)).toBe('12 juin 2026');
  });

  it('are one day where the last comes before the first', () => {
    expect(datesText({ startsOn: '2026-06-12', endsOn: '2026-06-01', languages: ['fr'] }, takenAt)).toBe(
      '12 juin 2026',
    );
  });
});
