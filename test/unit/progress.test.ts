import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { progressLine } from '../../main/cli/progress.ts';

describe('progressLine', () => {
  it('says how far it is, how fast it goes and how long it will take', () => {
    expect(progressLine(12, 48, 'photos', 1500)).toBe('[######------------------] 12/48 photos  8.0/s  0:05 left');
    expect(progressLine(1, 1000, 'photos', 1000)).toContain('1.0/s  16:39 left');
    expect(progressLine(1, 10_000, 'photos', 1000)).toContain('2:46:39 left');
    expect(progressLine(48, 48, 'photos', 6000)).toBe('[########################] 48/48 photos  8.0/s  0:00 left');
  });

  it('makes no claim before anything is done', () => {
    expect(progressLine(0, 10, 'probes', 2000)).toBe('[------------------------] 0/10 probes');
    expect(progressLine(0, 0, 'probes', 0)).toBe('[########################] 0/0 probes');
  });

  it('is one line with a bar of one width, always', () => {
    const counts = fc
      .tuple(fc.nat({ max: 1e6 }), fc.nat({ max: 1e6 }))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)]);
    fc.assert(
      fc.property(counts, fc.nat({ max: 1e9 }), ([done, total], elapsedMs) => {
        expect(progressLine(done, total, 'photos', elapsedMs)).toMatch(
          /^\[#*-*\] \d+\/\d+ photos( {2}[\d.]+\/s {2}(\d+:\d\d|\d+):\d\d left)?$/,
        );
        expect(progressLine(done, total, 'photos', elapsedMs).indexOf(']')).toBe(25);
      }),
    );
  });
});
