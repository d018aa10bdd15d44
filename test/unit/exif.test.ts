import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exifOf } from '../../main/workers/vision/exif.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';

interface Times {
  original?: string;
  digitised?: string;
  changed?: string;
}

/** A picture's file as a camera writes it. */
function written({ original, digitised, changed }: Times, format: 'jpeg' | 'png' | 'webp' = 'jpeg'): Promise<Buffer> {
  const tags = {
    IFD0: { Make: 'Pentacon', ...(changed === undefined ? {} : { DateTime: changed }) },
    IFD2: {
      ...(original === undefined ? {} : { DateTimeOriginal: original }),
      ...(digitised === undefined ? {} : { DateTimeDigitized: digitised }),
    },
  };
  const grey = { width: 32, height: 24, channels: 3 as const, background: '#808080' };
  return sharp({ create: grey }).withExif(tags).toFormat(format).toBuffer();
}

const exifIn = async (picture: Buffer) => (await sharp(picture).metadata()).exif;
const captureTimeOf = async (exif: Buffer | undefined) => (await exifOf(exif)).capture.at;
const timeIn = async (times: Times) => captureTimeOf(await exifIn(await written(times)));

describe('the time of capture', () => {
  it('is the camera’s own local time', async () => {
    expect(await timeIn({ original: '2026:06:20 21:04:09' })).toBe('2026-06-20T21:04:09');
    // As it is written, whatever the summer time of where the booth stands: this minute does not exist in Paris.
    expect(await timeIn({ original: '2026:03:29 02:30:00' })).toBe('2026-03-29T02:30:00');
    expect(await timeIn({ original: '2024:02:29 23:59:59' })).toBe('2024-02-29T23:59:59');
  });

  it('is that of the picture, not that of its scan or of its last change', async () => {
    const [original, digitised, changed] = ['2026:06:20 21:04:09', '2026:06:21 08:00:00', '2026:07:01 12:00:00'];
    expect(await timeIn({ original, digitised, changed })).toBe('2026-06-20T21:04:09');
    expect(await timeIn({ digitised, changed })).toBe('2026-06-21T08:00:00');
    expect(await timeIn({ original: '0000:00:00 00:00:00', digitised })).toBe('2026-06-21T08:00:00');
    expect(await timeIn({ changed })).toBeUndefined();
  });

  it('is found in other formats that carry it', async () => {
    for (const format of ['png', 'webp'] as const) {
      const exif = await exifIn(await written({ original: '2026:06:20 21:04:09' }, format));
      expect(await captureTimeOf(exif)).toBe('2026-06-20T21:04:09');
    }
  });

  it('is unknown where the camera says none', async () => {
    expect(await captureTimeOf(undefined)).toBeUndefined();
    expect(await timeIn({})).toBeUndefined();
  });

  it('is unknown where the camera says nonsense', async () => {
    for (const original of [
      ...[
        '0000:00:00 00:00:00',
        '    :  :     :  :  ',
        '2026:02:31 12:00:00',
        '2025:02:29 12:00:00',
        '2026:13:01 12:00:00',
      ],
      ...[
        '2026:06:20 24:00:00',
        '2026:06:20 12:60:00',
        '2026:06:20 12:00:61',
        '20 June 2026',
        '2026-06-20T12:00:00',
        'x',
      ],
    ]) {
      expect([original, await timeIn({ original })]).toEqual([original, undefined]);
    }
  });

  it('is a date that there is, or unknown, whatever is written there', async () => {
    const digits = (length: number) =>
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: length, maxLength: length });
    const original = fc
      .tuple(digits(4), digits(2), digits(2), digits(2), digits(2), digits(2))
      .map(([year, month, day, hour, minute, second]) => `${year}:${month}:${day} ${hour}:${minute}:${second}`);
    await fc.assert(
      fc.asyncProperty(original, async (text) => {
        const time = await timeIn({ original: text });
        if (time === undefined) return;
        expect(time).toBe(text.replace(':', '-').replace(':', '-').replace(' ', 'T'));
        expect(new Date(`${time}Z`).toISOString().slice(0, 19)).toBe(time);
      }),
      { numRuns: 50 },
    );
  });

  it('is what can be read, or unknown, where the EXIF breaks off or is damaged', async () => {
    const exif = (await exifIn(await written({ original: '2026:06:20 21:04:09' }))) ?? Buffer.alloc(0);
    for (let length = 0; length < exif.length; length++) {
      expect([undefined, '2026-06-20T21:04:09']).toContain(await captureTimeOf(exif.subarray(0, length)));
    }
    await fc.assert(
      fc.asyncProperty(fc.nat(exif.length - 1), fc.nat(255), async (at, value) => {
        const damaged = Buffer.from(exif);
        damaged[at] = value;
        expect((await captureTimeOf(damaged)) ?? '2026-06-20T21:04:09').toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect(await captureTimeOf(Buffer.from(bytes))).toBeUndefined();
      }),
    );
  });
});
