import { z } from 'zod';
import type { Fault, PrinterLook, Result } from '../../../preload/index.ts';
import type { Store } from '../store/index.ts';
import type { Printer, Spooler } from './spoolers/index.ts';

/** A printer as the spooler said last, and what the crew has said of it. */
export interface KnownPrinter extends Printer {
  isUsed: boolean;
  isPaused: boolean;
  /** It has paper for one of the templates. */
  isFit: boolean;
}

/** Which printers there are, how they are, and which the booth prints with. */
export interface Printers {
  /** Asks the spooler how they are. */
  refresh(): Promise<void>;
  /** Why the spooler could not be asked the last time. */
  fault(): Fault | undefined;
  find(name: string): KnownPrinter | undefined;
  /** Those that the booth prints with. */
  inUse(): KnownPrinter[];
  looks(): PrinterLook[];
  use: (name: string, isUsed: boolean) => Result<void>;
  pause(name: string, isPaused: boolean): Result<void>;
  /** Whether the crew has found sheets often enough of which the printer had told nothing. */
  isSilent(name: string): boolean;
  /** The crew has found one. */
  foundUntold(name: string): Result<void>;
}

// Among what the booth remembers.
const chosenName = 'printers-used';
const pausedName = 'printers-paused';
const untoldName = 'printers-untold';
/** Once may be chance: a program that was killed just then. */
const oftenEnough = 3;
const chosenSchema = z.record(z.string(), z.boolean());
const pausedSchema = z.array(z.string());
const untoldSchema = z.record(z.string(), z.number());

/** It prints all the same. */
const harmless: ReadonlySet<string> = new Set(['printer.paper-low', 'printer.ribbon-low']);

/** Why it does not print, or will not before somebody has seen to it. */
export const blockerOf = ({ troubles, state }: Pick<Printer, 'troubles' | 'state'>): Fault | undefined =>
  troubles.find(({ code }) => !harmless.has(code)) ?? (state === 'stopped' ? { code: 'printer.stopped' } : undefined);

/**
 * @param deps.isFit whether it has paper for one of the templates
 * @param deps.onChanged one of them is in another way now
 */
export function createPrinters(deps: {
  store: Store;
  spooler: Spooler;
  isFit: (printer: Printer) => boolean;
  onChanged: () => void;
}): Printers {
  const { store, spooler, isFit, onChanged } = deps;
  let known: Printer[] = [];
  let fault: Fault | undefined;

  const chosen = () => store.booth.get(chosenName, chosenSchema) ?? {};
  const paused = () => store.booth.get(pausedName, pausedSchema) ?? [];
  const untold = () => store.booth.get(untoldName, untoldSchema) ?? {};

  function all(): KnownPrinter[] {
    const [choices, resting] = [chosen(), paused()];
    return known.map((printer) => {
      const isOfUse = isFit(printer);
      // Where the system does not say which paper a printer has, every one of them seems fit.
      const isLikely = isOfUse && (spooler.followsJobs || printer.isDefault);
      const isUsed = choices[printer.name] ?? isLikely;
      return { ...printer, isFit: isOfUse, isUsed, isPaused: resting.includes(printer.name) };
    });
  }

  /** Those that were chosen and that the spooler does not know any more. */
  const missing = (): string[] =>
    Object.entries(chosen())
      .filter(([name, isUsed]) => isUsed && !known.some((printer) => printer.name === name))
      .map(([name]) => name);

  return {
    refresh: async () => {
      const before = JSON.stringify([known, fault]);
      const asked = await spooler.printers();
      // What was known of them does not hold any longer, but which there are does: a guest is not told that printing is gone.
      if (asked.ok) known = asked.value;
      fault = asked.ok ? undefined : asked.fault;
      if (JSON.stringify([known, fault]) !== before) onChanged();
    },
    fault: () => fault,
    find: (name) => all().find((printer) => printer.name === name),
    inUse: () => all().filter(({ isUsed, isFit: isOfUse }) => isUsed && isOfUse),
    looks: () => [...all().map(lookOf), ...missing().map(lookOfMissing)],
    use: (name, isUsed) => store.booth.set(chosenName, { ...chosen(), [name]: isUsed }),
    pause: (name, isPaused) =>
      store.booth.set(pausedName, [...paused().filter((one) => one !== name), ...(isPaused ? [name] : [])]),
    isSilent: (name) => (untold()[name] ?? 0) >= oftenEnough,
    foundUntold: (name) => store.booth.set(untoldName, { ...untold(), [name]: (untold()[name] ?? 0) + 1 }),
  };
}

function lookOf({ isAccepting, ...printer }: KnownPrinter): PrinterLook {
  const { name, label, state, supplies, sheetsLeft, isUsed, isPaused, isFit } = printer;
  const blocker = blockerOf(printer);
  const unfit: Fault[] = isFit ? [] : [{ code: 'printer.wrong-media' }];
  const stopped: Fault[] =
    (state === 'stopped' && blocker?.code === 'printer.stopped') || !isAccepting ? [{ code: 'printer.stopped' }] : [];
  const told = printer.troubles.filter(({ code }) => code !== 'printer.stopped');
  return {
    ...{ name, label, state, isUsed, isPaused, isFit, supplies: supplies.map((supply) => ({ ...supply })) },
    troubles: [...unfit, ...stopped, ...told],
    // What it counts may be the ribbon's sheets.
    ...(sheetsLeft === undefined || blocker?.code === 'printer.no-paper' ? {} : { sheetsLeft }),
  };
}

const lookOfMissing = (name: string): PrinterLook => ({
  ...{ name, label: name, state: 'missing', supplies: [], isUsed: true, isPaused: false, isFit: true },
  troubles: [{ code: 'printer.missing' }],
});
