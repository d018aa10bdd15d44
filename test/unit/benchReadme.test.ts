import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { keptFiles, readReports } from '../bench/kept.ts';
import { readmeTable, readReport, valueText, withTable, type SavedReport } from '../bench/readme.ts';
import { reportOf } from '../bench/report.ts';
import { repoRoot } from '../fixtures/pack.ts';

const saved = (report: unknown): SavedReport => readReport(JSON.stringify(report));

const crowd = saved({
  ...reportOf('crowd', { medianMs: 812, p95Ms: 1_234, failures: 0 }, { p95Ms: 2_000, failures: 0 }),
  machine: { cpu: 'Some CPU', cores: 2, memoryGB: 24 },
  date: '2026-01-02',
});

const ingest = saved({
  ...reportOf(
    'ingest',
    { photosPerS: 2.94, facesPerS: 14.4, recall: 0.9917, timesBestPeer: 4.21 },
    {},
    {
      peers: [{ name: 'Other', backend: 'wasm', photosPerS: 0.7, recall: 0.9, falseFacesPerPhoto: 1.25 }],
    },
  ),
  machine: { cpu: 'Some CPU', cores: 2, memoryGB: 24 },
  date: '2026-01-02',
});

describe('the table of figures', async () => {
  it('gives figure, measured, aim and machine', () => {
    expect(readmeTable([crowd]).split('\n').at(-1)).toBe(
      '| `crowd` | thirty selfies at the same moment while 24-megapixel photos are being indexed | ' +
        'median 812 ms, p95 1.2 s, unanswered 0 | p95 ≤ 2 s, unanswered none | 2 × Some CPU, 24 GB, 2026-01-02 |',
    );
  });

  it('leaves out what was not measured, and shows each peer', () => {
    const table = readmeTable([ingest, crowd]);
    expect(table).toContain('| 2.9 photos/s, 14 faces/s, recall .992 |');
    expect(table).not.toContain('shareOfBareLoop');
    expect(table).toContain('| the same photos: Other, wasm | 0.7 photos/s, recall .900, 1.3 false finds a photo |');
    expect(table.indexOf('`crowd`')).toBeLessThan(table.indexOf('`ingest`'));
  });

  it('goes between its marks and leaves the rest as it is', () => {
    const before = 'a\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nb';
    const after = 'a\n<!-- bench:begin -->\n\nnew\n\n<!-- bench:end -->\nb';
    expect(withTable(before, 'new')).toBe(after);
    expect(withTable(after, 'new')).toBe(after);
    expect(() => withTable('a', 'new')).toThrow('no place');
  });

  it('writes values with the unit in their names', () => {
    expect(valueText('p95Ms', 9.96)).toBe('10 ms');
    expect(valueText('p95Ms', 96.4)).toBe('96 ms');
    expect(valueText('maxMs', 2_345)).toBe('2.3 s');
    expect(valueText('rssAt1MMB', 2_699.2)).toBe('2,699 MB');
    expect(valueText('coreGrowth', -0.004)).toBe('−0.4 %');
    expect(valueText('shareOfBareLoop', 0.734)).toBe('73 %');
  });

  const kept = await keptFiles();
  it.runIf(kept.length > 0)('in README.md is the one that the kept reports give', async () => {
    const readme = readFileSync(path.join(repoRoot, 'README.md'), 'utf8');
    expect(withTable(readme, readmeTable(await readReports(kept)))).toBe(readme);
  });
});
