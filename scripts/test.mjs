/**
 * `npm test -- [vitest's options]`: sets up what is missing, runs the tests on the runtime's Node.js, and closes with one line that a
 * machine can read: `N passed, N failed, N skipped`.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, runNode, runtime } from './run.mjs';
import { setUp } from './setup.mjs';
import { readJson, root } from './setup/cache.mjs';
import { entry } from './setup/entry.mjs';
import { provideBrowser, provideCups } from './setup/os.mjs';

await entry(async () => {
  await setUp();
  await provideBrowser();
  await provideCups();
  process.stdout.write(`Tests run on ${describe(await runtime())}\n`);

  const folder = await mkdtemp(join(tmpdir(), 'findme-test-'));
  try {
    const countsFile = join(folder, 'counts.json');
    const code = await runVitest(countsFile);
    // vitest ended before the first test: killed, an error in its configuration.
    const counts = (await readJson(countsFile)) ?? { passed: 0, failed: 0, skipped: 0 };
    // The line must not claim that all is well when vitest says otherwise, as when a filter matches no file.
    if (code !== 0 && counts.failed === 0) {
      counts.failed = 1;
      process.stdout.write(`vitest ended with exit code ${code} although no test failed: counted as one failure\n`);
    }
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
    return code;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** @param {string} countsFile */
function runVitest(countsFile) {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', `--reporter=${join(root, 'scripts', 'countReporter.mjs')}`];
  return runNode([vitest, 'run', ...reporters, ...process.argv.slice(2)], {
    cwd: root,
    env: { FINDME_TEST_COUNTS: countsFile },
  });
}
