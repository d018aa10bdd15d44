// The table of figures in README.md, made from what the benches printed with --json.
import { z } from 'zod';
import { lines, type Line } from './readmeLines.ts';

const barSchema = z.object({
  limit: z.number(),
  isLeast: z.literal(true).optional(),
  value: z.number(),
  ok: z.boolean(),
});
const reportSchema = z.object({
  bench: z.string(),
  machine: z.object({ cpu: z.string(), cores: z.number(), memoryGB: z.number() }),
  runtime: z.string(),
  date: z.string(),
  figures: z.record(z.string(), z.number()),
  bars: z.record(z.string(), barSchema),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.union([z.string(), z.number()])))),
});
export type SavedReport = z.infer<typeof reportSchema>;

const begin = '<!-- bench:begin -->';
const end = '<!-- bench:end -->';

/** @param json what a bench printed */
export const readReport = (json: string): SavedReport => reportSchema.parse(JSON.parse(json));

/** The table of these reports: figure, measured, aim, machine; in the order of the lines, whatever that of the reports. */
export function readmeTable(reports: readonly SavedReport[]): string {
  const rows = lines.flatMap((line) =>
    reports.filter(({ bench }) => bench === line.bench).flatMap((report) => rowOf(line, report)),
  );
  const peers = reports.flatMap(({ tables, ...report }) =>
    (tables['peers'] ?? []).map((peer) => peerRow(peer, report)),
  );
  return ['| bench | figure | measured | aim | machine |', '| --- | --- | --- | --- | --- |', ...rows, ...peers].join(
    '\n',
  );
}

/** The text with this table between the two marks. */
export function withTable(readme: string, table: string): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`there is no place for the table: ${begin} ... ${end}`);
  return `${readme.slice(0, from + begin.length)}\n\n${table}\n\n${readme.slice(to)}`;
}

/** Nothing where the bench did not measure it. */
function rowOf({ bench, what, figures: wanted }: Line, { figures, bars, ...report }: SavedReport): string[] {
  const shown = Object.entries(wanted).filter(([name]) => name in figures);
  if (shown.length === 0) return [];
  const measured = shown.map(([name, label]) => labelled(label, valueText(name, figures[name])));
  const aims = shown
    .filter(([name]) => name in bars)
    .map(([name, label]) => labelled(label, aimText(name, bars[name])));
  return [`| \`${bench}\` | ${what} | ${measured.join(', ')} | ${aims.join(', ')} | ${machineText(report)} |`];
}

function peerRow(
  peer: Record<string, string | number>,
  report: Pick<SavedReport, 'bench' | 'machine' | 'date'>,
): string {
  const { name, backend, photosPerS, recall, falseFacesPerPhoto } = peerSchema.parse(peer);
  const measured = `${valueText('photosPerS', photosPerS)}, recall ${valueText('recall', recall)}, ${falseFacesPerPhoto.toFixed(1)} false finds a photo`;
  return `| \`${report.bench}\` | the same photos: ${name}, ${backend} | ${measured} | | ${machineText(report)} |`;
}

const peerSchema = z.object({
  name: z.string(),
  backend: z.string(),
  photosPerS: z.number(),
  recall: z.number(),
  falseFacesPerPhoto: z.number(),
});

const labelled = (label: string, text: string): string => (label === '' ? text : `${label} ${text}`);

const aimText = (name: string, { limit, isLeast }: SavedReport['bars'][string]): string =>
  limit === 0 ? 'none' : `${isLeast ? '≥' : '≤'} ${valueText(name, limit)}`;

const machineText = ({ machine, date }: Pick<SavedReport, 'machine' | 'date'>): string =>
  `${String(machine.cores)} × ${machine.cpu}, ${String(machine.memoryGB)} GB, ${date}`;

/** A value with the unit that its name ends in. */
export function valueText(name: string, value: number): string {
  if (name.endsWith('Ms')) return value < 1_000 ? `${short(value)} ms` : `${short(value / 1_000)} s`;
  if (name.endsWith('MB')) return `${Math.round(value).toLocaleString('en')} MB`;
  if (name.endsWith('hotosPerS')) return `${short(value)} photos/s`;
  if (name.endsWith('facesPerS')) return `${short(value)} faces/s`;
  if (name.endsWith('FramesPerS')) return `${short(value)} frames/s`;
  if (name.endsWith('ChecksPerS')) return `${short(value)} checks/s`;
  if (name.startsWith('times')) return `${short(value)} times`;
  if (name.startsWith('share')) return `${short(value * 100)} %`;
  if (/percent/i.test(name)) return `${short(value)} %`;
  if (name.endsWith('Growth')) return `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)} %`.replace('-', '−');
  if (name.startsWith('recall')) return value.toFixed(3).replace(/^0/, '');
  return short(value);
}

/** Two digits, or all those before the point. */
const short = (value: number): string =>
  Math.abs(value) >= 10 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
