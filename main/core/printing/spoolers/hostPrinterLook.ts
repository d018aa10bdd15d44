import type { HostPrinter } from '../../../processes/index.ts';
import { mediaOf } from './cups/media.ts';
import { printerStates } from './cups/printerLook.ts';
import { sheetsLeftIn, suppliesOf, troublesOf } from './cups/troubles.ts';
import type { Printer } from './spooler.ts';

// Electron does not tell what paper a printer takes. These are what photo printers have, each is asked for by its size, and a driver that lacks one takes the
// nearest; whether the right paper is in it, the crew sees at the first sheet.
const usualMedia = mediaOf([
  ...['na_index-4x6_4x6in', 'na_5x7_5x7in', 'oe_square-photo_5x5in', 'custom_square_6x6in', 'custom_6x8_6x8in'],
  ...['custom_strip_2x6in', 'oe_photo-l_3.5x5in', 'na_govt-letter_8x10in', 'iso_a6_105x148mm', 'iso_a5_148x210mm'],
  ...['iso_a4_210x297mm', 'na_letter_8.5x11in'],
]);
const usualDpi = 300;

// They make files and ask where to put them, in a window over the guests'. Windows' own, by the names of their drivers.
const documentWriter = /print to pdf|xps document writer|onenote|\bfax\b/i;

// Windows' PRINTER_INFO_2.Status, in the words of CUPS (https://learn.microsoft.com/windows/win32/printdocs/printer-info-2, values of winspool.h). Electron
// often has 0 there whatever the printer does (electron#39278), and from 36 on tells none.
const statusBits: readonly (readonly [number, string])[] = [
  [0x00000002, 'error'],
  [0x00000008, 'media-jam'],
  [0x00000010, 'media-empty'],
  [0x00000020, 'manual-feed'],
  [0x00000040, 'paper-problem'],
  [0x00000080, 'offline'],
  [0x00000800, 'output-bin-full'],
  [0x00001000, 'offline'],
  [0x00020000, 'toner-low'],
  [0x00040000, 'toner-empty'],
  [0x00080000, 'page-punt'],
  [0x00100000, 'user-intervention'],
  [0x00200000, 'out-of-memory'],
  [0x00400000, 'door-open'],
  [0x00800000, 'offline'],
];
const pausedBit = 0x00000001;
// Busy, printing, processing.
const printingBits = 0x00000200 | 0x00000400 | 0x00004000;

/** A printer as Electron tells of it: with the attributes of CUPS (macOS, Linux), or with Windows' status. */
export function printerOf(printer: HostPrinter): Printer {
  const { name, displayName, options, isDefault = false } = printer;
  const isCups = 'printer-state' in options;
  const label = (options['printer-info'] ?? displayName).trim();
  const driver = `${options['printer-make-and-model'] ?? ''} ${options['system_driverinfo'] ?? ''}`;
  const isWriter = documentWriter.test(`${name} ${printer.description} ${driver}`);
  const sheetsLeft = sheetsLeftIn(valuesOf(options['marker-message']).join(','));
  return {
    name,
    label: label === '' ? name : label,
    isDefault,
    ...(isCups ? cupsCondition(options) : windowsCondition(printer.status ?? 0)),
    supplies: suppliesOf(valuesOf(options['marker-names']), valuesOf(options['marker-levels']).map(Number)),
    ...(sheetsLeft === undefined ? {} : { sheetsLeft }),
    isAccepting: options['printer-is-accepting-jobs'] !== 'false',
    media: isWriter ? [] : usualMedia,
    dpi: usualDpi,
  };
}

type Condition = Pick<Printer, 'state' | 'troubles'>;

function cupsCondition(options: HostPrinter['options']): Condition {
  const state = Number(options['printer-state']);
  const isStopped = state === printerStates.stopped;
  return {
    state: isStopped ? 'stopped' : state === printerStates.processing ? 'printing' : 'idle',
    troubles: troublesOf(valuesOf(options['printer-state-reasons']), options['printer-state-message'] ?? '', isStopped),
  };
}

/** @param status bits, 0 where nothing is known */
export function windowsCondition(status: number): Condition {
  const isStopped = (status & pausedBit) !== 0;
  const reasons = statusBits.filter(([bit]) => (status & bit) !== 0).map(([, reason]) => reason);
  return {
    state: isStopped ? 'stopped' : (status & printingBits) === 0 ? 'idle' : 'printing',
    troubles: troublesOf(reasons, '', isStopped),
  };
}

/**
 * The values of an attribute, as CUPS writes them into one text (cupsGetDests): separated by commas, with a backslash before a comma, a blank, a quote and
 * a backslash that belong to them.
 */
export function valuesOf(text: string | undefined): string[] {
  if (text === undefined || text === '') return [];
  const values = [''];
  for (const [part] of text.matchAll(/\\?./gs)) {
    if (part === ',') values.push('');
    else values.push(`${values.pop() ?? ''}${part.length > 1 ? part.slice(1) : part}`);
  }
  return values;
}
