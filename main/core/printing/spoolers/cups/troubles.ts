import type { Fault } from '../../../../../preload/index.ts';
import type { PrinterTrouble } from '../spooler.ts';

/** Most pressing first; with the last two it prints all the same. */
const byPressure = [
  'printer.offline',
  'printer.cover-open',
  'printer.jammed',
  'printer.no-paper',
  'printer.no-ribbon',
  'printer.wrong-media',
  'printer.stopped',
  'printer.needs-attention',
  'printer.paper-low',
  'printer.ribbon-low',
] as const satisfies readonly PrinterTrouble[];

// Keywords of printer-state-reasons: RFC 8011, section 5.4.12, PWG 5100.9, and what CUPS' backends and Gutenprint's say. What leaves a colour on the paper
// is the ribbon to us: people who stand before a printer know what theirs has.
const colours = 'toner|developer|marker-supply|marker-ink|marker-toner|marker-ribbon|marker-print-ribbon|ribbon|ink';
const meanings: readonly (readonly [RegExp, PrinterTrouble])[] = [
  [/^(offline|shutdown|timed-out|connecting-to-device|org\.gutenprint\.searching-for-device)$/, 'printer.offline'],
  [/^(cover|door|interlock|[a-z-]*(cover|door|interlock))-open$/, 'printer.cover-open'],
  [/^([a-z-]*-)?(jam|jammed|misfeed|misfed|paper-jam)$/, 'printer.jammed'],
  [/^(media-empty|media-needed|media-out|[a-z]+-(tray|roll)-(empty|missing))$/, 'printer.no-paper'],
  [new RegExp(`^(${colours})-(empty|missing|out|depleted)$`), 'printer.no-ribbon'],
  [/^(input-)?media-(size|type|form-parts|color)-(change|mismatch)$|^media-mismatch$/, 'printer.wrong-media'],
  [/^(paused|moving-to-paused|stopping|stopped|stopped-partly|deactivated|hold-new-jobs)$/, 'printer.stopped'],
  [/^(media-low|media-almost-empty|[a-z]+-(tray|roll)-(low|almost-empty))$/, 'printer.paper-low'],
  [new RegExp(`^(${colours})-(low|almost-empty|almost-depleted)$`), 'printer.ribbon-low'],
];

// How a job is getting on, and what a printer does of its own accord: nobody has to see to these.
const noTrouble =
  /^(|none|cups-waiting-for-job-completed|cups-remote-.*|cups-ipp-.*|cups-pki-.*|cups-insecure-filter|job-.*|standby|sleep.*|power-saver|warming-up|warm-up|cooling.*|spooling|printing|processing|identify-printer-requested|.*-(added|removed|ready|missing-resource))$/;

/**
 * What ails a printer.
 *
 * @param reasons of its state, keywords
 * @param message its own words
 * @param isStopped it prints nothing until somebody starts it
 * @returns each trouble once, most pressing first
 */
export function troublesOf(reasons: readonly string[], message: string, isStopped: boolean): Fault[] {
  const codes = new Set<PrinterTrouble>(isStopped ? ['printer.stopped'] : []);
  let unheardOf: string | undefined;
  for (const reason of reasons) {
    const [, keyword = reason, severity] = /^(.*?)(?:-(error|warning|report))?$/.exec(reason.toLowerCase()) ?? [];
    if (noTrouble.test(keyword)) continue;
    const meaning = meanings.find(([form]) => form.test(keyword))?.[1];
    // How grave it is, those that are known say wrongly: CUPS has an empty tray as a warning and an open door as a report (backend/snmp-supplies.c).
    if (meaning !== undefined) codes.add(meaning);
    else if (severity !== 'report') {
      codes.add('printer.needs-attention');
      unheardOf ??= keyword;
    }
  }
  return byPressure
    .filter((code) => codes.has(code))
    .map((code) => (code === 'printer.needs-attention' ? { code, detail: detailOf(message, unheardOf) } : { code }));
}

const detailOf = (message: string, keyword = ''): string => (message.trim() === '' ? keyword : message.trim());

/** @param levels per cent; -1, -2 and -3: it does not know (RFC 3805, prtMarkerSuppliesLevel) */
export const suppliesOf = (names: readonly string[], levels: readonly number[]): { name: string; percent?: number }[] =>
  names.map((name, index) => {
    const level = levels[index] ?? -1;
    return level >= 0 && level <= 100 ? { name, percent: level } : { name };
  });

/**
 * How many sheets a dye-sub says are left, in the words of Gutenprint's backends: `412 native prints remaining on 4x6 media`.
 *
 * @returns undefined where it does not say
 */
export function sheetsLeftIn(message: string): number | undefined {
  const count = /(\d+) (?:native )?prints? remaining/i.exec(message)?.at(1);
  return count === undefined ? undefined : Number(count);
}
