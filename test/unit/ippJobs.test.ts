import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { createCupsSpooler } from '../../main/core/printing/spoolers/cups/index.ts';
import { isToldByPrinter, jobStates, standingOf, type JobFacts } from '../../main/core/printing/spoolers/cups/jobs.ts';

const held: JobFacts = {
  id: 1,
  name: 'FindMe booth 1',
  printerUri: 'ipp://localhost/printers/booth',
  state: jobStates.held,
  reasons: ['job-hold-until-specified'],
  sheets: 0,
  begunAgoS: undefined,
  words: '',
};

// As CUPS 2.4.2 has been seen to say it.
describe('where a job is', () => {
  it.each<[string, Partial<JobFacts>, object]>([
    ['handed over', {}, { at: 'held' }],
    ['let go', { state: jobStates.pending, reasons: ['none'] }, { at: 'waiting' }],
    ['on its way', { state: jobStates.processing, reasons: ['job-printing'], begunAgoS: 3 }, { at: 'printing' }],
    ['out, its printer not done', { state: jobStates.processing, begunAgoS: 3, sheets: 1 }, { at: 'printing' }],
    ['done', { state: jobStates.completed, begunAgoS: 3, sheets: 1 }, { at: 'printed' }],
    ['done without a page', { state: jobStates.completed, begunAgoS: 3 }, { at: 'printed-untold' }],
    ['its backend put it off', { begunAgoS: 3, words: 'Out of paper' }, { at: 'put-off' }],
    ['put off, its filter told of a page', { begunAgoS: 3, sheets: 1 }, { at: 'put-off' }],
    ['to be tried again', { reasons: ['resources-are-not-ready'], begunAgoS: 3 }, { at: 'waiting' }],
    [
      'to be tried again although its page was told of',
      { reasons: ['resources-are-not-ready'], begunAgoS: 3, sheets: 1 },
      { at: 'perhaps-out', otherwise: { at: 'waiting' } },
    ],
    [
      'its printer stopped',
      { state: jobStates.pending, reasons: ['printer-stopped'], begunAgoS: 3 },
      { at: 'waiting' },
    ],
    [
      'its printer stopped after a page',
      { state: jobStates.pending, reasons: ['printer-stopped'], begunAgoS: 3, sheets: 1 },
      { at: 'perhaps-out', otherwise: { at: 'waiting' } },
    ],
    ['taken back in time', { state: jobStates.canceled, reasons: ['processing-to-stop-point'] }, { at: 'cancelled' }],
    [
      'taken back on its way',
      { state: jobStates.canceled, reasons: ['processing-to-stop-point'], begunAgoS: 1 },
      { at: 'stopping' },
    ],
    [
      'taken back on its way, and ended',
      { state: jobStates.canceled, reasons: ['job-canceled-by-user'], begunAgoS: 1 },
      { at: 'cancelled' },
    ],
    [
      'taken back too late',
      { state: jobStates.canceled, reasons: ['job-canceled-by-user'], begunAgoS: 1, sheets: 1 },
      { at: 'perhaps-out', otherwise: { at: 'unknown' } },
    ],
    [
      'jammed',
      { state: jobStates.aborted, reasons: ['processing-to-stop-point'], begunAgoS: 1, words: 'Paper jam' },
      { at: 'failed', detail: 'Paper jam' },
    ],
    [
      'jammed behind the sheet',
      { state: jobStates.aborted, begunAgoS: 1, sheets: 1, words: 'Paper jam' },
      { at: 'perhaps-out', otherwise: { at: 'unknown' } },
    ],
    ['its filters failed', { state: jobStates.stopped, reasons: ['job-completed-with-errors'] }, { at: 'stuck' }],
    ['what nobody has heard of', { state: 12 }, { at: 'unknown' }],
  ])('%s', (_, facts, standing) => {
    expect(standingOf({ ...held, ...facts })).toEqual(standing);
  });

  it('is never "held" once it was begun, nor "cancelled" or "failed" once a page was told of', () => {
    const facts = fc.record({
      state: fc.constantFrom(...Object.values(jobStates)),
      reasons: fc.subarray(['job-hold-until-specified', 'resources-are-not-ready', 'processing-to-stop-point']),
      sheets: fc.integer({ min: 1, max: 3 }),
      begunAgoS: fc.nat(),
    });
    fc.assert(
      fc.property(facts, (some) => {
        expect(['held', 'cancelled', 'failed']).not.toContain(standingOf({ ...held, ...some }).at);
      }),
    );
  });
});

describe('a page that CUPS was told of', () => {
  it.each([
    ['*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"', true],
    ['*cupsFilter: "application/vnd.cups-raster 100 rastertogutenprint.5.3"', false],
    [
      '*cupsFilter2: "application/vnd.cups-pdf application/pdf 0 -"\n*cupsFilter: "application/vnd.cups-raster 0 rastertox"',
      false,
    ],
    ['*cupsFilter2: "image/pwg-raster image/pwg-raster 0 -"', false],
    ['*PPD-Adobe: "4.3"', false],
    [undefined, true],
  ])('%s: is the printer’s word: %s', (ppd, isIt) => expect(isToldByPrinter(ppd)).toBe(isIt));
});

describe('an owner of jobs', () => {
  it.each(['', 'a b', 'a\n'])('is not “%s”: by it jobs are told from others', (owner) => {
    expect(() => createCupsSpooler({ owner, log: pino({ level: 'silent' }) })).toThrow(RangeError);
  });
});
