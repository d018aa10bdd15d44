import type { Cause } from '../causes.ts';
import type { Intervals } from '../confidence.ts';
import { fnirAt, type DetPoint } from '../det.ts';
import type { SearchFigures } from '../metrics.ts';
import { detChart, histogramChart } from './charts.ts';
import { escaped, pageOf, tableOf } from './html.ts';

/** A pair that was decided wrongly, with what there is to be seen of it. */
export interface PicturedError {
  caption: string;
  /** data: addresses. */
  probe: string | undefined;
  photo: string | undefined;
  /** The face that was compared: fractions of the photo. */
  face: { x: number; y: number; width: number; height: number } | undefined;
}

export interface ReportInput {
  title: string;
  pack: string;
  figures: SearchFigures & { rank1: number };
  intervals: Intervals;
  thresholds: { sure: number; maybe: number };
  counts: Readonly<Record<string, number>>;
  causes: Partial<Record<Cause, number>>;
  det: readonly DetPoint[];
  /** Probes of people in no photo. */
  strangers: number;
  /** Scores of the photos that show the probe's person, and of all others. */
  own: readonly number[];
  others: readonly number[];
  misses: readonly PicturedError[];
  falseHits: readonly PicturedError[];
}

const targets = [0.1, 0.01, 0.001] as const;

/** What `evaluate` has measured, for a person: one file of HTML that needs nothing else. */
export function reportOf(input: ReportInput): string {
  const { figures, intervals, thresholds, det, strangers } = input;
  const names = ['recall', 'precision', 'fpir', 'fnir', 'rank1'] as const;
  const three = (value: number) => value.toFixed(3);
  return pageOf(
    input.title,
    `<h1>${escaped(input.title)}</h1>
<p>${escaped(input.pack)}; ${Object.entries(input.counts)
      .map(([name, count]) => `${String(count)} ${escaped(name)}`)
      .join(', ')}. “Sure” from ${three(thresholds.sure)}, “maybe” from ${three(thresholds.maybe)}.</p>
${tableOf(
  ['at “sure”', '', '95 %'],
  names.map((name) => [name, three(figures[name]), intervals[name].map(three).join(' to ')]),
)}
<h2>Misses against false alarms</h2>
${detChart(det)}
${tableOf(
  ['FPIR', 'FNIR'],
  targets.map((fpir) => {
    const fnir = fnirAt(fpir, det, strangers);
    return [String(fpir), fnir === undefined ? `cannot be told by ${String(strangers)} strangers` : three(fnir)];
  }),
)}
<h2>Scores</h2>
<p><small>Red: photos that show the probe’s person. Grey: all others.</small></p>
${histogramChart(input.own, input.others, thresholds)}
<h2>Why photos were missed</h2>
${tableOf(
  ['cause', 'photos'],
  Object.entries(input.causes).map(([cause, count]) => [cause, String(count)]),
)}
${errorsOf('The worst misses', input.misses)}
${errorsOf('The worst false hits', input.falseHits)}`,
  );
}

const errorsOf = (title: string, errors: readonly PicturedError[]): string =>
  errors.length === 0 ? '' : `<h2>${escaped(title)}</h2><div class="errors">${errors.map(figureOf).join('')}</div>`;

function figureOf({ caption, probe, photo, face }: PicturedError): string {
  const percent = (share: number) => `${(share * 100).toFixed(2)}%`;
  const frame =
    face === undefined
      ? ''
      : `<i style="left:${percent(face.x)};top:${percent(face.y)};width:${percent(face.width)};height:${percent(face.height)}"></i>`;
  const image = (source: string | undefined) =>
    source === undefined ? '<span>–</span>' : `<img alt="" src="${source}">`;
  return `<figure><div class="pair">${image(probe)}<div class="photo">${image(photo)}${frame}</div></div><figcaption>${escaped(caption)}</figcaption></figure>`;
}
