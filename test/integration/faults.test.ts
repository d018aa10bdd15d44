// The short form of `npm run test:fault`: a booth of its own processes, and what is done to them.
import { expect, it } from 'vitest';
import { faults, playFault } from '../fault/faults.ts';
import { temporaryFolder } from '../fixtures/folders.ts';

// Some minutes in full.
const scales: Readonly<Record<string, number>> = { kills: 0.03, unplugged: 0.2, clock: 0.2, flood: 0.01 };
const patienceMs = 180_000;

it.skipIf(process.platform === 'win32').each(faults.map((fault) => [fault.name, fault] as const))(
  'nothing is lost, doubled or half-written: %s',
  async (name, fault) => {
    const dir = await temporaryFolder();
    const outcome = await playFault(fault, { dir, seed: 7, say: () => undefined }, scales[name]);
    expect(outcome.figures).toMatchObject({ lost: 0, duplicated: 0, 'half-written': 0 });
    expect(outcome.ok).toBe(true);
  },
  patienceMs,
);
