import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printerOf, valuesOf, windowsCondition } from '../../main/core/printing/spoolers/hostPrinterLook.ts';
import type { HostPrinter } from '../../main/processes/index.ts';

const told = (more: Partial<HostPrinter>): HostPrinter => ({
  name: 'booth',
  displayName: 'At the bar',
  description: '',
  options: {},
  ...more,
});

const codesAt = (status: number) => windowsCondition(status).troubles.map(({ code }) => code);

describe('a printer of Windows', () => {
  it.each([
    [0x8, 'printer.jammed'],
    [0x10, 'printer.no-paper'],
    [0x80, 'printer.offline'],
    [0x1000, 'printer.offline'],
    [0x400000, 'printer.cover-open'],
    [0x40000, 'printer.no-ribbon'],
    [0x20000, 'printer.ribbon-low'],
    [0x2, 'printer.needs-attention'],
    [0x40, 'printer.needs-attention'],
    [0x100000, 'printer.needs-attention'],
  ])('at %i has %s', (status, code) => {
    expect(codesAt(status)).toEqual([code]);
    expect(windowsCondition(status).state).toBe('idle');
  });

  it('prints, or is paused, or is not known to do anything', () => {
    expect(windowsCondition(0x400)).toEqual({ state: 'printing', troubles: [] });
    expect(windowsCondition(0x4000).state).toBe('printing');
    expect(windowsCondition(0x1)).toEqual({ state: 'stopped', troubles: [{ code: 'printer.stopped' }] });
    expect(windowsCondition(0)).toEqual({ state: 'idle', troubles: [] });
    // Where Electron tells no status at all.
    expect(printerOf(told({}))).toMatchObject({ state: 'idle', troubles: [], isDefault: false, isAccepting: true });
  });

  it('tells the most pressing first, and each once', () => {
    expect(codesAt(0x20000 | 0x10 | 0x400000)).toEqual([
      'printer.cover-open',
      'printer.no-paper',
      'printer.ribbon-low',
    ]);
    expect(codesAt(0x80 | 0x1000)).toEqual(['printer.offline']);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x1ffffff }), (status) => {
        const codes = codesAt(status);
        expect(new Set(codes).size).toBe(codes.length);
      }),
    );
  });

  it('has paper for no photo where it only writes files', () => {
    for (const name of ['Microsoft Print to PDF', 'Microsoft XPS Document Writer', 'OneNote (Desktop)', 'Fax']) {
      expect(printerOf(told({ name, displayName: name })).media).toEqual([]);
    }
    const driver = told({ name: 'Files', options: { system_driverinfo: 'Microsoft Print To PDF;10.0' } });
    expect(printerOf(driver).media).toEqual([]);
  });
});

describe('a printer of macOS', () => {
  // As Electron tells of one there: its status is CUPS' state, not bits.
  const mac = told({
    name: 'DNP_DS620',
    displayName: 'DNP DS620',
    status: 5,
    isDefault: true,
    options: {
      'printer-info': 'DNP DS620',
      'printer-state': '5',
      'printer-state-reasons': 'media-empty-error,paused',
      'printer-is-accepting-jobs': 'true',
      'marker-names': '4x6\\ ribbon,waste\\, if any',
      'marker-levels': '40,-2',
      'marker-message': "'160 native prints remaining on 4x6 media'",
    },
  });

  it('says what CUPS says', () => {
    expect(printerOf(mac)).toMatchObject({
      name: 'DNP_DS620',
      label: 'DNP DS620',
      isDefault: true,
      state: 'stopped',
      troubles: [{ code: 'printer.no-paper' }, { code: 'printer.stopped' }],
      supplies: [{ name: '4x6 ribbon', percent: 40 }, { name: 'waste, if any' }],
      sheetsLeft: 160,
      isAccepting: true,
    });
    const { options } = mac;
    expect(printerOf({ ...mac, options: { ...options, 'printer-is-accepting-jobs': 'false' } }).isAccepting).toBe(
      false,
    );
    expect(printerOf({ ...mac, options: { 'printer-state': '4', 'printer-state-reasons': 'none' } })).toMatchObject({
      state: 'printing',
      troubles: [],
    });
  });

  it('has the usual paper, upright', () => {
    const { media } = printerOf(mac);
    expect(media).toContainEqual({ name: 'na_index-4x6_4x6in', widthMm: 101.6, heightMm: 152.4 });
    expect(media).toContainEqual({ name: 'na_5x7_5x7in', widthMm: 127, heightMm: 177.8 });
    expect(media).toHaveLength(12);
    expect(media.every(({ widthMm, heightMm }) => widthMm <= heightMm)).toBe(true);
  });
});

describe('the values of an attribute', () => {
  it('come back as they were', () => {
    const escaped = (value: string) => value.replace(/[\\,"' ]/g, '\\$&');
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), (values) => {
        expect(valuesOf(values.map(escaped).join(','))).toEqual(values);
      }),
    );
    expect(valuesOf(undefined)).toEqual([]);
    expect(valuesOf('none')).toEqual(['none']);
  });
});
