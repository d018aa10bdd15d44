/**
 * The default model pack. Its own script checks, fetches, builds and speaks; here it is only remembered that nothing has changed since,
 * because hashing the pack again before every command would be felt.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder, readNote, root, undefinedIfMissing, writeNote } from './cache.mjs';
import { exec } from './exec.mjs';
import { SetupError } from './setupError.mjs';

const NOTE = 'models';
const script = join(root, 'models', 'build', 'index.mjs');

export const models = {
  name: 'models',
  async isDone() {
    const note = await readNote(NOTE);
    return note !== undefined && note.files === (await fingerprint());
  },
  async run() {
    await build();
    await writeNote(NOTE, { files: await fingerprint() });
  },
};

/** Size and time of everything under models/: the packs' files, their manifests, and the script that builds them. */
async function fingerprint() {
  const entries = (await readdir(join(root, 'models'), { recursive: true })).sort();
  const lines = await Promise.all(
    entries.map(async (entry) => {
      const found = await stat(join(root, 'models', entry)).catch(undefinedIfMissing);
      return found?.isFile() ? `${entry} ${found.size} ${found.mtimeMs}` : '';
    }),
  );
  return lines.filter((line) => line !== '').join('\n');
}

async function build() {
  const outcome = await exec(process.execPath, [script], {
    cwd: root,
    env: { FINDME_CACHE_DIR: cacheFolder() },
    aloud: true,
  });
  if (outcome.code !== 0)
    throw new SetupError(
      'The model pack could not be built (see above).',
      'node models/build/index.mjs && npm run setup',
    );
}
