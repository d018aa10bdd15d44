import type { Printer } from '../spooler.ts';
import { numberOf, numbersOf, textOf, textsOf } from './ippClient.ts';
import type { IppAttributes } from './ippMessage.ts';
import { mediaOf } from './media.ts';
import { sheetsLeftIn, suppliesOf, troublesOf } from './troubles.ts';

/** What is asked of printers. */
export const printerAttributes = [
  ...[
    'printer-name',
    'printer-info',
    'printer-type',
    'printer-state',
    'printer-state-reasons',
    'printer-state-message',
  ],
  ...['printer-is-accepting-jobs', 'printer-resolution-default', 'media-supported'],
  ...['marker-names', 'marker-levels', 'marker-message'],
] as const;

// RFC 8011, section 5.4.11.
export const printerStates = { idle: 3, processing: 4, stopped: 5 } as const;

// CUPS' printer-type has a bit for those that are several (https://www.cups.org/doc/spec-ipp.html).
const classBit = 1;
const usualDpi = 300;

/** @returns undefined for what is no printer, or several of them in one */
export function printerOf(attributes: IppAttributes, defaultName: string | undefined): Printer | undefined {
  const name = textOf(attributes, 'printer-name');
  const type = numberOf(attributes, 'printer-type') ?? 0;
  if (name === undefined || (type & classBit) !== 0) return undefined;
  const state = numberOf(attributes, 'printer-state');
  const isStopped = state === printerStates.stopped;
  const label = textOf(attributes, 'printer-info')?.trim();
  const sheetsLeft = sheetsLeftIn(textOf(attributes, 'marker-message') ?? '');
  return {
    name,
    label: label === undefined || label === '' ? name : label,
    isDefault: name === defaultName,
    state: isStopped ? 'stopped' : state === printerStates.processing ? 'printing' : 'idle',
    troubles: troublesOf(
      textsOf(attributes, 'printer-state-reasons'),
      textOf(attributes, 'printer-state-message') ?? '',
      isStopped,
    ),
    supplies: suppliesOf(textsOf(attributes, 'marker-names'), numbersOf(attributes, 'marker-levels')),
    ...(sheetsLeft === undefined ? {} : { sheetsLeft }),
    isAccepting: attributes.get('printer-is-accepting-jobs')?.[0] !== false,
    media: mediaOf(textsOf(attributes, 'media-supported')),
    dpi: dpiOf(attributes),
  };
}

/** The finer of both ways: what is drawn for it, a coarser one shrinks. */
function dpiOf(attributes: IppAttributes): number {
  const resolution = attributes.get('printer-resolution-default')?.[0];
  const dpi = typeof resolution === 'object' ? Math.max(resolution.across, resolution.along) : 0;
  return dpi > 0 ? dpi : usualDpi;
}
