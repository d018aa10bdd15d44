import { Command, CommanderError, InvalidArgumentError } from 'commander';
import { calibrate } from './calibrate.ts';
import { check, setUp } from './cloud.ts';
import { doctor } from './doctor.ts';
import { evaluate } from './evaluate.ts';
import { ingest } from './ingest.ts';
import { match } from './match.ts';
import { install, list, use, verify } from './models/index.ts';
import { pin } from './pin.ts';
import type { CommonOptions, Places } from './session.ts';

/** Reads the arguments, runs the command they name, and gives its exit code. */
export async function runProgram(places: Places, args: readonly string[]): Promise<number> {
  let exitCode = 0;
  const program = new Command('findme-kiosk --cli')
    .description('Finds a person in a folder of photos, on this machine.')
    .exitOverride()
    .showHelpAfterError('(--help lists the commands and their options)');

  const command = (name: string, description: string, parent = program) =>
    parent
      .command(name)
      .description(description)
      .option('--json', 'print one JSON object, and nothing else, on standard output')
      .option('--config <FILE>', 'settings file (also FINDME_CONFIG)')
      .option('--language <LANGUAGE>', 'fr or en (also FINDME_LANGUAGE; else the system’s)');

  command('ingest', 'Take a folder’s photos into the library and find the faces in them.')
    .requiredOption('--photos <DIR>', 'folder with photos, searched with all folders in it; it is only read')
    .option('--library <DIR>', 'the library (also FINDME_LIBRARY); made where there is none')
    .option('--event <CODE>', 'the event they belong to (default: one of its own for each folder)')
    .option('--retry', 'try again what was set aside, now that settings or models are others')
    .addHelpText(
      'after',
      '\nInterrupted, it goes on where it was at the next run. Photos are copied, never moved or changed.',
    )
    .action(async (options: CommonOptions & { photos: string; event?: string; retry?: boolean }) => {
      exitCode = await ingest(places, options);
    });

  command('match', 'Find the person of a selfie in a folder of photos.')
    .requiredOption('--photos <DIR>', 'folder with photos, searched with all folders in it; it is only read')
    .requiredOption('--selfie <FILE>', 'a picture of the person; of several faces the largest counts')
    .option('--library <DIR>', 'keep what was found there, so that the next search is quick (default: nothing is kept)')
    .option('--event <CODE>', 'the event to search (default: the folder’s own)')
    .addHelpText(
      'after',
      `
JSON: { faces, photos: [{ path, score, strength, decision, box }], selfie: { faces, box }, timings, problems, notes }
  faces     faces searched
  photos    best first; score: cosine similarity; strength: what is decided by, which counts the likeness to the surest of the others too;
            decision: "sure" or "maybe"; box: [x, y, width, height] of the face, pixels of the upright photo; copies: other files with the
            same bytes
  timings   milliseconds: ingest, then decode, detect, align, embed, search and total from the selfie's bytes to the decision`,
    )
    .action(async (options: CommonOptions & { photos: string; selfie: string; event?: string }) => {
      exitCode = await match(places, options);
    });

  command('evaluate', 'Measure recognition on a folder of labelled photos.')
    .requiredOption('--dir <DIR>', 'the labelled folder')
    .option('--truth <FILE>', 'who is in which photo (default: truth.json in the folder)')
    .option('--report <FILE>', 'also write a page of HTML: curves, intervals, the worst errors as pictures')
    .option('--boxes <FILE>', 'where the faces are in which photos: also measures detection')
    .option('--library <DIR>', 'keep what was found there, so that the next run is quick (default: nothing is kept)')
    .addHelpText(
      'after',
      `
truth.json: { "probes": { "path": "person" }, "photos": { "path": ["person", ...] } }, paths relative to the folder
boxes.json: { "path": [[x1, y1, x2, y2], ...] }

Micro-averaged over pairs of probe and photo, at the "sure" threshold and again at "maybe". All are fractions:
  recall      of the photos that show a probe's person, those returned
  precision   of the photos returned, those that show the probe's person
  fpir        of the probes of people in no photo, those that get any
  fnir        of the probes of people in some photo, those that get none of them
  rank1       of the same, those whose best photo, whatever its score, shows the person
Why photos are missed (causes, and cause of each miss): probe (no usable face in it), no-face (none found in the photo), asked (at “maybe”), small,
turned, unclear (of the most alike face in the photo), or unlike`,
    )
    .action(async (options: CommonOptions & { dir: string; truth?: string; boxes?: string; report?: string }) => {
      exitCode = await evaluate(places, options);
    });

  command('calibrate', 'Measure on labelled photos of strangers what a model pack’s thresholds follow from.')
    .requiredOption('--dir <DIR>', 'the labelled folder, as evaluate takes it')
    .option('--truth <FILE>', 'who is in which photo (default: truth.json in the folder)')
    .option('--pack <ID>', 'the model pack (default: the one of the settings)')
    .option('--write', 'let the pack be used with it from now on (default: only say it)')
    .addHelpText(
      'after',
      `
Each probe is compared with the photos that do not show its person: everybody who can be seen in them has to be in the labels, and some ten thousand
pairs are needed. A set of its own, which evaluate is not used on afterwards, gives honest figures.`,
    )
    .action(async (options: CommonOptions & { dir: string; truth?: string; pack?: string; write?: boolean }) => {
      exitCode = await calibrate(places, options);
    });

  command('doctor', 'Say whether everything the booth needs is there, and how to mend what is not.')
    .option('--library <DIR>', 'the library to look at')
    .action(async (options: CommonOptions) => {
      exitCode = await doctor(places, options);
    });

  const models = program
    .command('models')
    .description('Say which model packs there are, fetch one, look whether they are whole, choose one.');

  command('list', 'Say which model packs there are, and which one is used (*).', models).action(
    async (options: CommonOptions) => {
      exitCode = await list(places, options);
    },
  );

  command(
    'install <PACK>',
    'Fetch a model pack’s weights from its publisher, check them and put them in place.',
    models,
  )
    .option(
      '--from <DIR>',
      'take them from a folder, by the names that they have at the publisher’s; nothing is fetched',
    )
    .option('--accept-licence', 'agree to the terms of a pack that is not for commercial use (default: it is asked)')
    .addHelpText('after', '\nBroken off, it goes on where it was at the next run.')
    .action(async (pack: string, options: CommonOptions & { from?: string; acceptLicence?: boolean }) => {
      exitCode = await install(places, { ...options, pack });
    });

  command(
    'verify [PACK]',
    'Look whether the weights that are there are, byte for byte, what they should be.',
    models,
  ).action(async (pack: string | undefined, options: CommonOptions) => {
    exitCode = await verify(places, { ...options, ...(pack === undefined ? {} : { pack }) });
  });

  command('use <PACK>', 'Write into the settings file which model pack is used.', models).action(
    async (pack: string, options: CommonOptions) => {
      exitCode = await use(places, { ...options, pack });
    },
  );

  const cloud = program
    .command('cloud')
    .description('Look whether the bucket can be used, and set it up for galleries.');
  const keyHelp =
    '\nThe bucket is that of the settings (cloud); its key is in FINDME_CLOUD_KEY_ID and FINDME_CLOUD_KEY.';

  command('check', 'Say whether the bucket of the settings can be reached and written to.', cloud)
    .addHelpText('after', keyHelp)
    .action(async (options: CommonOptions) => {
      exitCode = await check(places, options);
    });

  command('set-up', 'Write the rules by which the bucket lets go of guests’ galleries.', cloud)
    .option('--days <N...>', 'for how many days galleries are kept, one number or several (default: 30)', daysOf, [])
    .option('--public', 'also let everybody read galleries and their photos, if they know their names')
    .addHelpText('after', `${keyHelp} What others have set in the bucket stays as it is.`)
    .action(async ({ days, public: isPublic = false, ...options }: CommonOptions & SetUpOptions) => {
      exitCode = await setUp(places, { ...options, days: days.length === 0 ? [30] : days, isPublic });
    });

  command('pin', 'Set the PIN of the staff’s station, also where the old one is forgotten.')
    .option('--library <DIR>', 'the booth’s library (also FINDME_LIBRARY)')
    .addHelpText(
      'after',
      '\nAsks twice; or reads one line of standard input where that is no terminal. The booth must not be running.',
    )
    .action(async (options: CommonOptions) => {
      exitCode = await pin(places, options);
    });

  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (error) {
    // commander has said what was wrong with the arguments, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode;
    throw error;
  }
  return exitCode;
}

interface SetUpOptions {
  days: number[];
  public?: boolean;
}

/** Adds one more of `--days`. */
function daysOf(text: string, before: number[]): number[] {
  const days = Number(text);
  if (!/^\d+$/.test(text) || days < 1 || days > 3650) throw new InvalidArgumentError('a number from 1 to 3650.');
  return [...before, days];
}
