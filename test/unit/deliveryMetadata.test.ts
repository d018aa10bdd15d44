// What a photo says beside its pixels, made as cameras and editors make it, and what is left of it in what guests are given.
import exifr from 'exifr';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { withoutMetadata } from '../../main/core/library/withoutMetadata.ts';
import { sharp } from '../../main/workers/vision/sharp.ts';

const serial = 'SERIAL-4711';
const secrets = [serial, 'Nikon', 'GPS', 'http://ns.adobe.com', 'Atelier Dupont', 'a word', 'MPF', 'hidden'];

/** A segment of that marker (ITU-T T.81, B.1.1.4). */
function segment(marker: number, content: string): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  const bytes = Buffer.from(content, 'latin1');
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
}

/** Some pixels of which no two corners are alike, so that it shows which way they are turned. */
const picture = () =>
  sharp(Buffer.from(Array.from({ length: 96 * 64 * 3 }, (_, i) => (i * 7 + Math.floor(i / 288) * 3) % 256)), {
    raw: { width: 96, height: 64, channels: 3 },
  });

interface Kind {
  progressive?: boolean;
  cmyk?: boolean;
  orientation?: number;
  icc?: boolean;
}

/** A photo with everything that tells on somebody. */
async function telling({ progressive = false, cmyk = false, orientation = 1, icc = false }: Kind): Promise<Buffer> {
  const plain = cmyk ? picture().toColourspace('cmyk') : picture();
  const coloured = icc ? plain.withIccProfile('p3') : plain;
  const jpeg = await coloured
    .withExif({
      IFD0: { Make: 'Nikon', Artist: 'Atelier Dupont', Orientation: String(orientation) },
      IFD2: { BodySerialNumber: serial },
      IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 24/1', GPSLongitudeRef: 'E', GPSLongitude: '2/1 21/1 8/1' },
    })
    .jpeg({ quality: 90, progressive })
    .toBuffer();
  const turned =
    orientation === 1
      ? jpeg
      : await sharp(jpeg).keepMetadata().withMetadata({ orientation }).jpeg({ quality: 90, progressive }).toBuffer();
  return Buffer.concat([
    turned.subarray(0, 2),
    segment(0xe1, `http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>${serial}</x:xmpmeta>`),
    segment(0xe0, 'JFXX\0\x10 a small picture that is hidden'),
    segment(0xe2, 'MPF\0 where the second picture lies'),
    segment(0xed, 'Photoshop 3.0\x008BIM Atelier Dupont'),
    segment(0xfe, 'a word of the photographer’s'),
    // Any number of these may stand before a marker.
    Buffer.from([0xff, 0xff]),
    turned.subarray(2),
    // What phones put behind a picture: films, and pictures of what was cut away.
    Buffer.from(`hidden film ${serial}`),
    turned,
  ]);
}

const pixelsOf = (jpeg: Buffer) => sharp(jpeg).autoOrient().raw().toBuffer({ resolveWithObject: true });

const kinds: [string, Kind][] = [
  ['a photo', {}],
  ['a progressive one', { progressive: true }],
  ['one with colours of its own', { icc: true }],
  ['a progressive one with colours of its own', { icc: true, progressive: true }],
  ['one for print', { cmyk: true }],
  ...[2, 3, 4, 5, 6, 7, 8].map((orientation): [string, Kind] => [
    `one that is turned, ${String(orientation)}`,
    { orientation, progressive: orientation % 2 === 0 },
  ]),
];

describe('what guests are given of', () => {
  it.each(kinds)('%s shows the same and tells nothing', async (_, kind) => {
    const { orientation = 1 } = kind;
    const photo = await telling(kind);
    const before = await sharp(photo).metadata();
    expect([before.orientation ?? 1, (await exifr.gps(photo)).latitude]).toEqual([
      orientation,
      expect.closeTo(48.86, 1),
    ]);

    const bare = withoutMetadata(photo, orientation) ?? expect.fail('it was not understood');
    for (const secret of secrets) expect(bare.includes(secret), secret).toBe(false);
    const { exif, xmp, iptc, comments, ...after } = await sharp(bare).metadata();
    expect([xmp, iptc, comments]).toEqual([undefined, undefined, undefined]);
    expect(exif === undefined).toBe(orientation === 1);
    expect(
      await exifr.parse(bare, { translateValues: false, tiff: true, gps: true, exif: true, mergeOutput: true }),
    ).toEqual(orientation === 1 ? undefined : { Orientation: orientation });
    expect(after.icc).toEqual(before.icc);
    if (kind.icc === true) expect(after.icc).toBeDefined();
    expect([after.isProgressive, after.space]).toEqual([kind.progressive === true, before.space]);

    const [shown, meant] = await Promise.all([pixelsOf(bare), pixelsOf(photo)]);
    expect([shown.info.width, shown.info.height]).toEqual([meant.info.width, meant.info.height]);
    expect(shown.data.equals(meant.data)).toBe(true);
  });

  it('a progressive one shows the same and tells nothing of what stands between its scans', async () => {
    const photo = await picture().jpeg({ progressive: true }).toBuffer();
    const lastScan = photo.lastIndexOf(Buffer.from([0xff, 0xda]));
    const secret = Buffer.concat([segment(0xfe, serial), segment(0xe1, `Exif\0\0 ${serial}`)]);
    const telltale = Buffer.concat([photo.subarray(0, lastScan), secret, photo.subarray(lastScan)]);
    const bare = withoutMetadata(telltale, 1) ?? expect.fail('it was not understood');
    expect(bare.equals(photo)).toBe(true);
  });

  it('one has no small picture in its first segment', async () => {
    const photo = await picture().jpeg().toBuffer();
    const small = segment(0xe0, `JFIF\0\x01\x02\0\0\x01\0\x01\x02\x02${serial}!`);
    const telltale = Buffer.concat([photo.subarray(0, 2), small, photo.subarray(2)]);
    const bare = withoutMetadata(telltale, 1) ?? expect.fail('it was not understood');
    expect(bare.includes(serial)).toBe(false);
    expect((await pixelsOf(bare)).data.equals((await pixelsOf(photo)).data)).toBe(true);
  });

  it('one that has nothing to tell is that photo', async () => {
    const photo = await picture().jpeg().toBuffer();
    expect(withoutMetadata(photo, 1)?.equals(photo)).toBe(true);
  });
});

describe('a photo that is no whole JPEG', () => {
  let photo: Buffer;
  beforeAll(async () => {
    photo = await picture().jpeg().toBuffer();
  });

  it('is not given, wherever it breaks off', () => {
    for (let length = 0; length < photo.length; length++) {
      expect(withoutMetadata(photo.subarray(0, length), 1), String(length)).toBeUndefined();
    }
  });

  it('is not given where it is something else', async () => {
    expect(withoutMetadata(await picture().png().toBuffer(), 1)).toBeUndefined();
    expect(withoutMetadata(Buffer.from('II*\0'), 1)).toBeUndefined();
  });

  it('is never too much for it', () => {
    const bytes = fc.uint8Array({ maxLength: 400 });
    const orientation = fc.integer({ min: 1, max: 8 });
    const beginnings = fc.constantFrom<number[]>([], [0xff, 0xd8], [0xff, 0xd8, 0xff], [0xff, 0xd8, 0xff, 0xe1, 0, 0]);
    fc.assert(
      fc.property(beginnings, bytes, orientation, (beginning, rest, turned) => {
        const made = withoutMetadata(Buffer.from([...beginning, ...rest]), turned);
        if (made !== undefined) expect(made.subarray(-2)).toEqual(Buffer.from([0xff, 0xd9]));
      }),
      { numRuns: 2_000 },
    );
    // Of a photo in which some bytes are others.
    const damage = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(damage, orientation, (changes, turned) => {
        const damaged = Buffer.from(photo);
        for (const [at, value] of changes) damaged[at % damaged.length] = value;
        withoutMetadata(damaged, turned);
      }),
      { numRuns: 2_000 },
    );
  });
});
