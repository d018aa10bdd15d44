import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mediaOf, sizeMmOf } from '../../main/core/printing/spoolers/cups/media.ts';
import { addressForPrograms, cupsAddress } from '../../main/core/printing/spoolers/cups/server.ts';

describe('the size of media', () => {
  it.each([
    ['na_index-4x6_4x6in', 101.6, 152.4],
    ['na_5x7_5x7in', 127, 177.8],
    ['om_small-photo_100x150mm', 100, 150],
    ['jpn_hagaki_100x148mm', 100, 148],
    ['oe_photo-l_3.5x5in', 88.9, 127],
    ['custom_6x6in_6x6in', 152.4, 152.4],
    ['custom_152.4x203.2mm_152.4x203.2mm', 152.4, 203.2],
    ['na_index-4x6_4x6in.borderless', 101.6, 152.4],
    ['iso_a4_210x297mm', 210, 297],
    ['disc_standard_40x118mm', 40, 118],
    ['w288h432', 101.6, 152.4],
    ['w432h288', 101.6, 152.4],
    ['w288h432.Fullbleed', 101.6, 152.4],
    ['4x6', 101.6, 152.4],
    ['4x6.FullBleed', 101.6, 152.4],
    ['10x15cm', 100, 150],
    ['Postcard', 100, 148],
    ['A6.Borderless', 105, 148],
    ['Letter', 215.9, 279.4],
  ])('%s', (name, widthMm, heightMm) => {
    expect(mediaOf([name])).toEqual([{ name, widthMm, heightMm }]);
  });

  it.each([
    'custom_min_3x5in',
    'custom_max_8x10in',
    'roll_max_6x100in',
    'w432h576-div2',
    'auto',
    '',
    'photo-glossy',
    'na_index-4x6_4x6in raw',
    'na_index 4x6_4x6in',
    '0x0',
  ])('%s has none', (name) => expect(sizeMmOf(name)).toBeUndefined());

  it('is upright, and the same whichever way it is named', () => {
    const side = fc.integer({ min: 1, max: 2_000 });
    fc.assert(
      fc.property(side, side, (a, b) => {
        const [shorter, longer] = sizeMmOf(`custom_x_${String(a)}x${String(b)}mm`) ?? [];
        expect([shorter, longer]).toEqual([Math.min(a, b), Math.max(a, b)]);
        expect(sizeMmOf(`w${String(a)}h${String(b)}`)).toEqual(sizeMmOf(`w${String(b)}h${String(a)}`));
      }),
    );
  });

  it('is nothing to fall over, whatever the name', () => {
    fc.assert(fc.property(fc.string(), (name) => void sizeMmOf(name)));
  });
});

describe('where CUPS is', () => {
  it.each([
    ['/run/x/cups.sock', { socketPath: '/run/x/cups.sock' }],
    ['printers.local', { host: 'printers.local', port: 631 }],
    ['10.0.0.4:8631', { host: '10.0.0.4', port: 8631 }],
    ['[::1]:631', { host: '::1', port: 631 }],
    ['host:631/version=1.1', { host: 'host', port: 631 }],
  ])('%s', (named, address) => {
    expect(cupsAddress(named)).toEqual(address);
    expect(cupsAddress(addressForPrograms(cupsAddress(named)))).toEqual(address);
  });
});
