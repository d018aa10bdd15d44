import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultCodes } from '../../preload/index.ts';
import { sheetsLeftIn, suppliesOf, troublesOf } from '../../main/core/printing/spoolers/cups/troubles.ts';

const codesOf = (...reasons: string[]) => troublesOf(reasons, '', false).map(({ code }) => code);

describe('what ails a printer', () => {
  it.each([
    // Said by CUPS' backends for USB and network printers, Gutenprint's dye-subs, drivers of label and office printers.
    ['media-empty', 'printer.no-paper'],
    ['media-empty-error', 'printer.no-paper'],
    ['media-empty-warning', 'printer.no-paper'],
    ['media-needed', 'printer.no-paper'],
    ['media-needed-error', 'printer.no-paper'],
    ['input-tray-missing', 'printer.no-paper'],
    ['media-low', 'printer.paper-low'],
    ['media-low-report', 'printer.paper-low'],
    ['media-jam', 'printer.jammed'],
    ['media-jam-error', 'printer.jammed'],
    ['media-jam-warning', 'printer.jammed'],
    ['input-media-jam', 'printer.jammed'],
    ['marker-supply-empty', 'printer.no-ribbon'],
    ['marker-supply-empty-error', 'printer.no-ribbon'],
    ['marker-print-ribbon-empty', 'printer.no-ribbon'],
    ['marker-supply-missing-error', 'printer.no-ribbon'],
    ['toner-empty-warning', 'printer.no-ribbon'],
    ['developer-empty', 'printer.no-ribbon'],
    ['marker-supply-low-warning', 'printer.ribbon-low'],
    ['marker-supply-low-report', 'printer.ribbon-low'],
    ['marker-print-ribbon-almost-empty', 'printer.ribbon-low'],
    ['marker-ink-almost-empty-warning', 'printer.ribbon-low'],
    ['toner-low-report', 'printer.ribbon-low'],
    ['developer-low', 'printer.ribbon-low'],
    ['cover-open', 'printer.cover-open'],
    ['cover-open-error', 'printer.cover-open'],
    ['door-open-report', 'printer.cover-open'],
    ['interlock-open', 'printer.cover-open'],
    ['input-cover-open', 'printer.cover-open'],
    ['offline-report', 'printer.offline'],
    ['offline', 'printer.offline'],
    ['connecting-to-device', 'printer.offline'],
    ['org.gutenprint.searching-for-device', 'printer.offline'],
    ['shutdown', 'printer.offline'],
    ['timed-out', 'printer.offline'],
    ['paused', 'printer.stopped'],
    ['moving-to-paused', 'printer.stopped'],
    ['stopped-partly', 'printer.stopped'],
    ['input-media-size-change', 'printer.wrong-media'],
    ['other-error', 'printer.needs-attention'],
    ['other', 'printer.needs-attention'],
    ['fuser-over-temp-error', 'printer.needs-attention'],
    ['marker-waste-full-warning', 'printer.needs-attention'],
    ['cups-missing-filter-warning', 'printer.needs-attention'],
    ['spool-area-full', 'printer.needs-attention'],
    ['com.vendor.head-too-hot', 'printer.needs-attention'],
    ['MEDIA-EMPTY-ERROR', 'printer.no-paper'],
  ])('%s is %s', (reason, code) => expect(codesOf(reason)).toEqual([code]));

  it.each([
    ...['none', '', 'cups-waiting-for-job-completed', 'cups-remote-pending', 'cups-ipp-conformance-failure-report'],
    ...['cups-insecure-filter-warning', 'sleep-mode', 'warming-up-report'],
    ...['com.vendor.something-report', 'identify-printer-requested', 'job-printing'],
  ])('%s is none', (reason) => expect(codesOf(reason)).toEqual([]));

  it('comes with the most pressing first, each once', () => {
    expect(
      codesOf('media-low', 'marker-supply-low-warning', 'paused', 'media-empty', 'media-needed-error', 'cover-open'),
    ).toEqual(['printer.cover-open', 'printer.no-paper', 'printer.stopped', 'printer.paper-low', 'printer.ribbon-low']);
  });

  it('is told in the printer’s words where we have none', () => {
    expect(troublesOf(['other-error'], 'Head too hot: 81 °C ', false)).toEqual([
      { code: 'printer.needs-attention', detail: 'Head too hot: 81 °C' },
    ]);
    expect(troublesOf(['fuser-over-temp-error'], '', false)).toEqual([
      { code: 'printer.needs-attention', detail: 'fuser-over-temp' },
    ]);
  });

  it('is that it has stopped, even if it gives no reason', () => {
    expect(troublesOf(['none'], '', true)).toEqual([{ code: 'printer.stopped' }]);
  });

  it('has words in every language, and comes in the same order however it is said', () => {
    const reason = fc.oneof(
      fc.constantFrom('media-empty', 'media-low-report', 'cover-open-error', 'offline-report', 'other', 'toner-low'),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(reason), fc.boolean(), (reasons, isStopped) => {
        const troubles = troublesOf(reasons, 'words', isStopped);
        for (const { code } of troubles) expect(faultCodes).toContain(code);
        expect(troublesOf(reasons.toReversed(), 'words', isStopped)).toEqual(troubles);
        expect(new Set(troubles.map(({ code }) => code)).size).toBe(troubles.length);
      }),
    );
  });
});

describe('what is left', () => {
  it('is known, or not', () => {
    expect(suppliesOf(['Ribbon', 'Ink', 'Wax', 'Roll', 'Odd'], [40, -1, -2, -3])).toEqual([
      { name: 'Ribbon', percent: 40 },
      { name: 'Ink' },
      { name: 'Wax' },
      { name: 'Roll' },
      { name: 'Odd' },
    ]);
    expect(suppliesOf(['Roll'], [412])).toEqual([{ name: 'Roll' }]);
  });

  it.each([
    ['412 native prints remaining on 4x6 media', 412],
    [`'"228 native prints remaining on 6x4 (PC) media"'`, 228],
    [`"0 native prints remaining on '6x8 (A5)' ribbon"`, 0],
    ['1 print remaining', 1],
    ['Unknown remaining prints on 4x6 media', undefined],
    ['', undefined],
  ])('%s: %s sheets', (message, sheets) => expect(sheetsLeftIn(message)).toBe(sheets));
});
