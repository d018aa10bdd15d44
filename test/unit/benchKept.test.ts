import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import { keepReport, keptFiles, readReports } from '../bench/kept.ts';
import { readmeTable } from '../bench/readme.ts';
import { reportOf } from '../bench/report.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

it('a bench’s last report is kept, and the table is made from those', async () => {
  const dir = path.join(await temporaryFolder(), 'bench');
  expect(await keptFiles(dir)).toEqual([]);
  await keepReport(reportOf('detect', { recall: 0.9, falseFacesIn50: 3 }, { recall: { atLeast: 0.98 } }), dir);
  const detect = await keepReport(
    reportOf('detect', { recall: 0.99, falseFacesIn50: 0 }, { recall: { atLeast: 0.98 } }),
    dir,
  );
  const crowd = await keepReport(reportOf('crowd', { medianMs: 812 }, {}), dir);
  await writeFile(path.join(dir, 'README.md'), 'not a report');
  expect(await keptFiles(dir)).toEqual([crowd, detect]);
  expect(path.basename(detect)).toBe('detect.json');

  const table = readmeTable(await readReports([crowd, detect])).split('\n');
  expect(table).toHaveLength(4);
  expect(table[2]).toContain('| median 812 ms |');
  expect(table[3]).toContain('| recall .990, false finds in 50 photos 0 | recall ≥ .980 |');
});
