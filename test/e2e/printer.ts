// A printer for the app: a real CUPS's, which prints into a folder.
import { cupsLacks, startCups, type FolderPrinter, type PrivateCups } from '../fixtures/cups/cups.ts';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';

export interface BoothPrinter {
  readonly printer: FolderPrinter;
  /** For whoever launches the app that is to print with it. */
  readonly printers: PrivateCups['environment'];
  close(): Promise<void>;
}

/** @param label what its owner calls it @returns undefined where no CUPS can be started */
export async function openPrinter(label: string): Promise<BoothPrinter | undefined> {
  if (cupsLacks !== undefined) return undefined;
  const folder = await makeFolder();
  const cups = await startCups(folder);
  const printer = await cups.addPrinter({ name: 'booth', label });
  return {
    printer,
    printers: cups.environment,
    close: async () => {
      await cups.stop();
      await removeFolder(folder);
    },
  };
}
