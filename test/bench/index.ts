// `npm run bench -- NAME`: how fast the product is on this machine. The processes measured are those of out/, as built.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { repoRoot } from '../fixtures/pack.ts';
import { booth } from './booth/booth.ts';
import { crowd } from './crowd.ts';
import { detect } from './detect.ts';
import { ingest } from './ingest.ts';
import { jsonText, keepReport, keptFiles, readReports } from './kept.ts';
import { latency } from './latency.ts';
import { memory } from './memory.ts';
import { print } from './print.ts';
import { readmeTable, withTable } from './readme.ts';
import { reportOf, tableOf } from './report.ts';
import { search } from './search.ts';
import { selfie } from './selfie.ts';
import { shutter, shutterCloud } from './shutter.ts';
import { sync } from './sync.ts';
import { createWorkbench, type Bench, type BenchOptions } from './workbench.ts';

const benches = [booth, crowd, detect, ingest, latency, memory, print, selfie, search, shutter, shutterCloud, sync];

interface Options extends BenchOptions {
  json?: boolean;
  keep?: boolean;
}

const listText = `Benches:
${benches.map(({ name, about, limits, peerLimits }) => `  ${name.padEnd(14)}${about}${limitsText({ ...limits, ...peerLimits })}`).join('\n')}

The exit code is 0 when every figure that has a limit keeps to it, 1 when one does not or the bench could not be run.`;

function limitsText(limits: Bench['limits']): string {
  const texts = Object.entries(limits).map(([name, limit]) =>
    typeof limit === 'number' ? `${name} <= ${String(limit)}` : `${name} >= ${String(limit.atLeast)}`,
  );
  return texts.length === 0 ? '' : `; ${texts.join(', ')}`;
}

function countOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('A whole number from 1 on.');
  return count;
}

const program = new Command('bench')
  .argument('[name]', 'which')
  .option('--json', 'print one JSON object, and nothing else, on standard output')
  .option('--keep', 'keep the report in docs/bench, in the place of the last one: `table` makes the table from those')
  .option('--photos <N>', 'how many photos', countOf)
  .option('--probes <N>', 'how many selfies or searches', countOf)
  .option('--users <N>', 'how many phones', countOf)
  .option('--spawn <N>', 'how many of them come each second', countOf)
  .option('--no-peers', 'without other libraries')
  .addHelpText('after', `\n${listText}`)
  .action(async (name: string | undefined, options: Options) => {
    const found = benches.find((candidate) => candidate.name === name);
    if (found !== undefined) {
      process.exitCode = await measure(found, options);
    } else if (name === undefined) {
      process.stdout.write(`${listText}\n`);
    } else {
      process.stderr.write(`There is no bench ${name}.\n${listText}\n`);
      process.exitCode = 1;
    }
  });

program
  .command('table')
  .description('writes the table in README.md')
  .argument('[file...]', 'what benches printed with --json; docs/bench/*.json if not given')
  .action(async (files: string[]) => {
    const named = files.length > 0 ? files : await keptFiles();
    if (named.length === 0) {
      process.stderr.write('No report has been kept yet: npm run bench -- NAME --json --keep\n');
      process.exitCode = 1;
      return;
    }
    const readme = path.join(repoRoot, 'README.md');
    const table = readmeTable(await readReports(named));
    await writeFile(readme, withTable(await readFile(readme, 'utf8'), table));
  });

await program.parseAsync(process.argv.slice(2), { from: 'user' });

async function measure(bench: Bench, options: Options): Promise<number> {
  const workbench = createWorkbench();
  const interruption = new AbortController();
  for (const [signal, exitCode] of [['SIGINT', 130] as const, ['SIGTERM', 143] as const]) {
    process.on(signal, () => {
      // A second one does not wait for the cleaning up.
      if (interruption.signal.aborted) process.exit(exitCode);
      interruption.abort();
      void workbench.close().finally(() => process.exit(exitCode));
    });
  }
  try {
    const limits = { ...bench.limits, ...(options.peers ? bench.peerLimits : {}) };
    const figures = await bench.run(workbench, options);
    const report = reportOf(bench.name, figures, limits, workbench.tables);
    if (options.keep === true) workbench.say(`Kept in ${path.relative(repoRoot, await keepReport(report))}.`);
    process.stdout.write(options.json === true ? jsonText(report) : `${tableOf(report)}\n`);
    return report.ok ? 0 : 1;
  } catch (error) {
    // What was cut off fails in its own way, and that is nobody's news.
    if (!interruption.signal.aborted)
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return 1;
  } finally {
    if (!interruption.signal.aborted) await workbench.close();
  }
}
