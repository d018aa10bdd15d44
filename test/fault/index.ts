// `npm run test:fault [-- NAME]`: breaks what can break at an event, and counts what is lost. Bounded; ends by itself.
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Command } from 'commander';
import { faults, playFault } from './faults.ts';
import type { Outcome } from './ground.ts';

interface Options {
  seed: number;
  scale: number;
}

const lineOf = ({ figures }: Outcome): string =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');

await new Command('test:fault')
  .argument('[name]', 'which; all of them if not given')
  .option('--seed <N>', 'the same one gives the same faults', Number, Date.now() % 100_000)
  .option('--scale <N>', 'less than 1 for a part of it', Number, 1)
  .addHelpText('after', `\nFaults:\n${faults.map(({ name, about }) => `  ${name.padEnd(10)}${about}`).join('\n')}`)
  .action(async (wanted: string | undefined, { seed, scale }: Options) => {
    const chosen = faults.filter(({ name }) => wanted === undefined || name === wanted);
    if (chosen.length === 0) throw new Error(`there is no fault ${wanted ?? ''}`);
    for (const fault of chosen) {
      const dir = await mkdtemp(path.join(os.tmpdir(), 'findme-fault-'));
      try {
        const outcome = await playFault(fault, { dir, seed, say: (text) => process.stderr.write(`${text}\n`) }, scale);
        process.stdout.write(`${fault.name}: ${lineOf(outcome)}, seed ${String(seed)}\n`);
        if (!outcome.ok) process.exitCode = 1;
      } finally {
        await rm(dir, { recursive: true, force: true, maxRetries: 5 });
      }
    }
  })
  .parseAsync(process.argv.slice(2), { from: 'user' });
