// The short form of `npm run test:fault`: a booth of its own processes, and what is done to them.
import { describe, expect, it, type TestContext } from 'vitest';
import { faults, playFault } from '../fault/faults.ts';
import { lan } from '../fault/lan.ts';
import { print } from '../fault/print.ts';
import { sync } from '../fault/sync.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';

// Some minutes in full.
const scales: Readonly<Record<string, number>> = {
  kills: 0.03,
  full: 0.1,
  room: 1,
  readonly: 0.1,
  unplugged: 0.2,
  clock: 0.2,
  hostile: 0.1,
  flood: 0.01,
  lan: 0.1,
  print: 0.05,
  sync: 0.05,
};
const patienceMs = 180_000;
const equal = { missing: 0, wrong: 0, extra: 0, 'erased-but-present': 0, outbox: 0 };

async function play(fault: (typeof faults)[number], { skip }: TestContext): Promise<void> {
  const dir = await makeFolder();
  try {
    const outcome = await playFault(fault, { dir, seed: 7, say: () => undefined }, scales[fault.name]);
    if ('skipped' in outcome.figures) skip(String(outcome.figures['skipped']));
    if (fault === print) expect(outcome.figures).toMatchObject({ lost: 0, doubled: 0 });
    else if (fault === sync) expect(outcome.figures).toMatchObject(equal);
    else if (fault !== lan) expect(outcome.figures).toMatchObject({ lost: 0, duplicated: 0, 'half-written': 0 });
    expect(outcome.ok, JSON.stringify(outcome.figures)).toBe(true);
  } finally {
    await removeFolder(dir);
  }
}

// They mostly wait for the booth to try again.
const waiting = new Set(['full', 'room', 'readonly']);
const ownWords = new Set([lan, print, sync]);
const named = (isWaiting: boolean) =>
  faults
    .filter((fault) => !ownWords.has(fault) && waiting.has(fault.name) === isWaiting)
    .map((fault) => [fault.name, fault] as const);

describe.skipIf(process.platform === 'win32')('nothing is lost, doubled or half-written', () => {
  it.for(named(false))('%s', { timeout: patienceMs }, ([, fault], context) => play(fault, context));
  it.concurrent.for(named(true))('%s', { timeout: patienceMs }, ([, fault], context) => play(fault, context));
});

describe('a sheet', () => {
  it('comes out once, whatever dies meanwhile', { timeout: patienceMs }, (context) => play(print, context));
});

describe('a bucket', () => {
  it('is the library in the end, whatever the line does and whoever dies', { timeout: patienceMs }, (context) =>
    play(sync, context),
  );
});

describe('nobody in the network', () => {
  it('keeps the booth from anybody else', { timeout: patienceMs }, (context) => play(lan, context));
});
