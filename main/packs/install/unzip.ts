import { writeFile } from 'node:fs/promises';
import AdmZip from 'adm-zip';

/**
 * Takes files out of a zip, wherever in it they lie.
 *
 * @param wanted names without folders, and the files to write
 * @returns the first name that is not in it, if any; throws where it is no zip
 */
export async function unzip(archive: string, wanted: ReadonlyMap<string, string>): Promise<string | undefined> {
  const entries = new AdmZip(archive).getEntries();
  for (const [name, target] of wanted) {
    const entry = entries.find((candidate) => !candidate.isDirectory && candidate.name === name);
    if (entry === undefined) return name;
    await writeFile(target, entry.getData());
  }
  return undefined;
}
