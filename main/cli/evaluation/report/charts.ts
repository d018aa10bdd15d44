import type { DetPoint } from '../det.ts';

const width = 800;
const height = 360;
const margin = { left: 60, right: 20, top: 20, bottom: 40 };

interface Axis {
  /** 0..1 along the chart. */
  at: (value: number) => number;
  ticks: readonly number[];
  label: string;
}

const x = (share: number): string => (margin.left + share * (width - margin.left - margin.right)).toFixed(1);
const y = (share: number): string =>
  (height - margin.bottom - share * (height - margin.top - margin.bottom)).toFixed(1);

function chartOf(across: Axis, up: Axis, content: string): string {
  const vertical = across.ticks.map((tick) => {
    const at = x(across.at(tick));
    return `<path d="M${at} ${y(0)}V${y(1)}" stroke="#eee5d8"/><text x="${at}" y="${String(height - 22)}" text-anchor="middle">${String(tick)}</text>`;
  });
  const horizontal = up.ticks.map((tick) => {
    const at = y(up.at(tick));
    return `<path d="M${x(0)} ${at}H${x(1)}" stroke="#eee5d8"/><text x="${String(margin.left - 8)}" y="${at}" text-anchor="end" dy="4">${String(tick)}</text>`;
  });
  return `<svg viewBox="0 0 ${String(width)} ${String(height)}" role="img" aria-label="${up.label} by ${across.label}">
${vertical.join('')}${horizontal.join('')}
<text x="${x(0.5)}" y="${String(height - 6)}" text-anchor="middle">${across.label}</text>
<text x="${x(0)}" y="14">${up.label}</text>
${content}</svg>`;
}

const logarithmic = (from: number, to: number) => (value: number) =>
  Math.log(Math.min(to, Math.max(from, value)) / from) / Math.log(to / from);

/** Misses against false alarms, both on logarithmic scales; a share of nothing lies at the border. */
export function detChart(points: readonly DetPoint[]): string {
  const across: Axis = { at: logarithmic(0.001, 1), ticks: [0.001, 0.01, 0.1, 1], label: 'FPIR' };
  const up: Axis = { at: logarithmic(0.005, 1), ticks: [0.01, 0.1, 1], label: 'FNIR' };
  const line = points.map(({ fpir, fnir }) => `${x(across.at(fpir))} ${y(up.at(fnir))}`).join('L');
  const path = line === '' ? '' : `<path d="M${line}" fill="none" stroke="#f2573d" stroke-width="2"/>`;
  return chartOf(across, up, path);
}

const binWidth = 0.02;
const lowest = -0.2;
const bins = Math.round((1 - lowest) / binWidth);

/** How often each score is reached: by the right photos, and by all others. Each of the two is a whole of its own. */
export function histogramChart(
  own: readonly number[],
  others: readonly number[],
  marks: Record<string, number>,
): string {
  const sharesOf = (scores: readonly number[]): number[] => {
    const counts = new Array<number>(bins).fill(0);
    for (const score of scores) counts[Math.min(bins - 1, Math.max(0, Math.floor((score - lowest) / binWidth)))] += 1;
    return counts.map((count) => count / Math.max(1, scores.length));
  };
  const [right, wrong] = [sharesOf(own), sharesOf(others)];
  const most = Math.max(...right, ...wrong, 0.01);
  const across: Axis = {
    at: (score) => (score - lowest) / (1 - lowest),
    ticks: [-0.2, 0, 0.2, 0.4, 0.6, 0.8, 1],
    label: 'score',
  };
  const up: Axis = { at: (share) => share / most, ticks: [0, Number((most / 2).toFixed(3))], label: 'share' };
  const area = (shares: readonly number[], colour: string) => {
    const steps = shares.map((share, i) => `L${x(i / bins)} ${y(up.at(share))}H${x((i + 1) / bins)}`).join('');
    return `<path d="M${x(0)} ${y(0)}${steps}V${y(0)}Z" fill="${colour}" fill-opacity=".5"/>`;
  };
  const lines = Object.entries(marks).map(
    ([name, score]) =>
      `<path d="M${x(across.at(score))} ${y(0)}V${y(1)}" stroke="#1b1815" stroke-dasharray="4 3"/><text x="${x(across.at(score))}" y="${y(1)}" dx="4" dy="12">${name}</text>`,
  );
  return chartOf(across, up, `${area(wrong, '#8a8178')}${area(right, '#f2573d')}${lines.join('')}`);
}
