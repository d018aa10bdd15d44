// Reports that are kept in the repository: the table in README.md is made from them.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { repoRoot } from '../fixtures/pack.ts';
import { readReport, type SavedReport } from './readme.ts';
import type { Report } from './report.ts';

export const keptDir = path.join(repoRoot, 'docs', 'bench');

/** In the place of the bench's last one. @returns the file */
export async function keepReport(report: Report, dir = keptDir): Promise<string> {
  await mkdir(dir, { recursive: true });
  const file = path.join(dir, `${report.bench}.json`);
  await writeFile(file, jsonText(report));
  return file;
}

/** As it is printed, too. */
export const jsonText = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;

/** The files that are kept, by name; none where no bench has been kept yet. */
export async function keptFiles(dir = keptDir): Promise<string[]> {
  const names = existsSync(dir) ? await readdir(dir) : [];
  return names
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => path.join(dir, name));
}

export const readReports = (files: readonly string[]): Promise<SavedReport[]> =>
  Promise.all(files.map(async (file) => readReport(await readFile(file, 'utf8'))));
