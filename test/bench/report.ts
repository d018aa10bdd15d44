import os from 'node:os';
import packageFile from '../../package.json' with { type: 'json' };

/** What a bench has measured; each name ends in its unit, or counts something. */
export type Figures = Record<string, number>;

/** What a figure has to stay at or under, or what it has to reach. */
export type Limit = number | { atLeast: number };

export interface Bar {
  limit: number;
  /** A limit that has to be reached; those of other bars are not to be exceeded. */
  isLeast?: true;
  value: number;
  ok: boolean;
}

/** A line of a table that stands beside the figures. */
export type Row = Record<string, string | number>;

/** What the figures depend on beside the program. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGB: number;
}

export interface Report {
  bench: string;
  /** The program's. */
  version: string;
  runtime: string;
  machine: Machine;
  /** YYYY-MM-DD */
  date: string;
  figures: Figures;
  bars: Record<string, Bar>;
  ok: boolean;
  /** By name. */
  tables: Record<string, Row[]>;
}

/**
 * @param share 0..1: 0.5 is the median
 * @returns the smallest of the values that at least this share of them does not exceed (nearest rank)
 */
export function percentile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('nothing was measured');
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

export const mean = (values: readonly number[]): number => {
  if (values.length === 0) throw new Error('nothing was measured');
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** "electron 33.2.1, node 20.18.1, linux-x64" */
export function runtimeName(): string {
  const { electron, node } = process.versions;
  // Electron's own typings take it for granted; plain Node.js has none.
  const runtime = 'electron' in process.versions ? `electron ${electron}, ` : '';
  return `${runtime}node ${node}, ${process.platform}-${process.arch}`;
}

function machineOf(): Machine {
  const cpu = os.cpus().at(0)?.model.trim() ?? 'unknown';
  return { cpu, cores: os.availableParallelism(), memoryGB: Math.round(os.totalmem() / 2 ** 30) };
}

/** @param limits the bars, each of the figure of that name */
export function reportOf(
  bench: string,
  figures: Figures,
  limits: Record<string, Limit>,
  tables: Readonly<Record<string, readonly Row[]>> = {},
): Report {
  const bars = Object.fromEntries(
    Object.entries(limits).map(([name, limit]): [string, Bar] => {
      if (!(name in figures)) throw new Error(`${name} was not measured`);
      const value = figures[name];
      if (typeof limit === 'number') return [name, { limit, value: rounded(value), ok: value <= limit }];
      return [name, { limit: limit.atLeast, isLeast: true, value: rounded(value), ok: value >= limit.atLeast }];
    }),
  );
  return {
    bench,
    version: packageFile.version,
    runtime: runtimeName(),
    machine: machineOf(),
    date: new Date().toISOString().slice(0, 10),
    figures: Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, rounded(value)])),
    bars,
    ok: Object.values(bars).every((bar) => bar.ok),
    tables: Object.fromEntries(Object.entries(tables).map(([name, rows]) => [name, rows.map(roundedRow)])),
  };
}

const roundedRow = (row: Row): Row =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [name, typeof value === 'number' ? rounded(value) : value]),
  );

const rounded = (value: number): number => Number(value.toFixed(3));

/** The same for a person. */
export function tableOf({ bench, runtime, machine, figures, bars, tables }: Report): string {
  const width = Math.max(...Object.keys(figures).map((name) => name.length));
  const lines = Object.entries(figures).map(([name, value]) => {
    const bar = name in bars ? bars[name] : undefined;
    const verdict = bar === undefined ? '' : `  ${bar.ok ? 'ok' : 'MISSED'}, ${limitOf(bar)}`;
    return `  ${name.padEnd(width)}  ${textOf(value).padStart(10)}${verdict}`;
  });
  const rows = Object.entries(tables).flatMap(([name, some]) => some.map((row) => `  ${name}: ${rowText(row)}`));
  return [`${bench}: ${runtime}, ${machine.cpu}, ${String(machine.cores)} cores`, ...lines, ...rows].join('\n');
}

const rowText = (row: Row): string =>
  Object.entries(row)
    .map(([name, value]) => (typeof value === 'number' ? `${name} ${textOf(value)}` : value))
    .join(', ');

const limitOf = ({ limit, isLeast }: Bar): string => `at ${isLeast ? 'least' : 'most'} ${String(limit)}`;

const textOf = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));
