/**
 * `npm run package`: sets up what is missing, then packs the app for this machine's system.
 *
 *   npm run package               the app's folder, ready to start
 *   npm run package -- --all      the installers that electron-builder.yml names for this system
 *   npm run package -- ARGUMENT…  as electron-builder understands them, such as --linux tar.gz
 */
import { readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runBuilder } from './package/builder.mjs';
import { packageFolder, providePackageFolder } from './package/packageFolder.mjs';
import { describe, runtime } from './run.mjs';
import { setUp } from './setup.mjs';
import { entry } from './setup/entry.mjs';
import { interruptible } from './setup/exec.mjs';
import { megabytes } from './setup/say.mjs';
import { SetupError } from './setup/setupError.mjs';

await entry(async () => {
  await setUp();
  const chosen = await runtime();
  const args = process.argv.slice(2);
  const code = await interruptible(() => (args.length === 0 ? makeFolder() : makeInstallers(args, chosen)));
  if (code === 0 && chosen.source !== 'official') {
    process.stdout.write(`It holds ${describe(chosen)}: to try out here, not to hand out.\n`);
  }
  return code;
});

async function makeFolder() {
  const { sizeBytes } = await providePackageFolder();
  process.stdout.write(`${packageFolder}: ${megabytes(sizeBytes)}\n`);
  return 0;
}

/**
 * @param {readonly string[]} args
 * @param {import('./setup/runtime.mjs').Runtime} chosen
 */
async function makeInstallers(args, chosen) {
  const isAll = args.length === 1 && args[0] === '--all';
  if (isAll && chosen.source !== 'official') {
    throw new SetupError(
      `Installers are made from the official Electron, and this machine has ${describe(chosen)}.`,
      'npm run setup -- --retry-official && npm run package -- --all',
    );
  }
  const startedMs = Date.now();
  const { code } = await runBuilder(isAll ? [] : args, { aloud: true });
  if (code !== 0) return code ?? 1;
  for (const { file, sizeBytes } of await filesSince(startedMs)) {
    process.stdout.write(`${file}: ${megabytes(sizeBytes)}\n`);
  }
  return 0;
}

/**
 * What has been put into the folder of packages; what electron-builder writes there for itself is no package.
 * @param {number} startedMs
 */
async function filesSince(startedMs) {
  const folder = dirname(packageFolder);
  const names = (await readdir(folder)).filter(
    (name) => name.startsWith('findme-kiosk-') && !name.endsWith('.blockmap'),
  );
  const found = await Promise.all(
    names.map(async (name) => ({ file: join(folder, name), ...(await stat(join(folder, name))) })),
  );
  return found.filter(({ mtimeMs }) => mtimeMs >= startedMs).map(({ file, size }) => ({ file, sizeBytes: size }));
}
