import { describe, expect, it } from 'vitest';
import { diskStateOf, type DiskState } from '../../main/core/library/diskGuard.ts';

const gigabyte = 1e9;
const limits = { warnFraction: 0.1, stopFraction: 0.02, stopBytes: 2 * gigabyte };
const stateOf = (free: number, size: number, before: DiskState = 'fine') =>
  diskStateOf(free * gigabyte, size * gigabyte, before, limits);

describe('the room on the library’s disk', () => {
  it('is low below a tenth, and out below two gigabytes or a fiftieth', () => {
    expect([stateOf(51, 500), stateOf(49, 500), stateOf(9, 500)]).toEqual(['fine', 'low', 'full']);
    expect([stateOf(2.1, 20), stateOf(1.9, 20), stateOf(1.9, 8)]).toEqual(['fine', 'full', 'full']);
  });

  it('is not used again at the first photo’s worth that comes free', () => {
    expect([stateOf(10.5, 500, 'full'), stateOf(11.5, 500, 'full')]).toEqual(['full', 'low']);
  });
});
