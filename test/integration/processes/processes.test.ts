import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { createChildProcessSpawner, createSupervisor } from '../../../main/processes/index.ts';
import { acrobatContract } from './acrobatContract.ts';
import { scenarios } from './scenarios.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const entriesDir = path.join(root, 'out/test/processes');

const reportSchema = z.object({
  way: z.enum(['utilityProcess', 'host']),
  name: z.string(),
  error: z.string().optional(),
});

beforeAll(async () => {
  const entry = (name: string) => path.join(import.meta.dirname, `${name}.ts`);
  await build({
    configFile: false,
    root,
    logLevel: 'warn',
    build: {
      ssr: true,
      outDir: entriesDir,
      target: 'node20',
      rolldownOptions: {
        input: { acrobat: entry('acrobat'), core: entry('core'), shell: entry('shell') },
        external: ['electron'],
        output: { format: 'es', entryFileNames: '[name].js' },
      },
    },
  });
  mkdirSync(entriesDir, { recursive: true });
  writeFileSync(path.join(entriesDir, 'package.json'), JSON.stringify({ type: 'module', main: 'shell.js' }));
});

describe('spawned with child_process', () => {
  it.for(scenarios)('$name', async ({ run }) => {
    await run(createChildProcessSpawner({ entriesDir }));
  });

  it('does not hand on what lets the booth in elsewhere', async () => {
    vi.stubEnv('FINDME_CLOUD_KEY', 'a key');
    vi.stubEnv('FINDME_LOG', 'warn');
    onTestFinished(() => void vi.unstubAllEnvs());
    const supervisor = createSupervisor({
      ...{ contract: acrobatContract, spawner: createChildProcessSpawner({ entriesDir }) },
      ...{ spec: { entry: 'acrobat', settings: {} }, startDeadlineMs: 20_000, stopDeadlineMs: 2_000, maxRssBytes: Infinity },
    });
    await supervisor.start();
    onTestFinished(() => supervisor.stop());
    const outcome = await supervisor.call('environment', {}, { deadlineMs: 20_000 });
    const names = outcome.at === 'done' ? outcome.value.names : expect.fail(outcome.at);
    expect(names).toContain('FINDME_LOG');
    expect(names).not.toContain('FINDME_CLOUD_KEY');
  });
});

describe.runIf('electron' in process.versions)('inside Electron', () => {
  const errors = new Map<string, string | undefined>();
  let electron: ChildProcess | undefined;

  beforeAll(async () => {
    const { stdout } = (electron = spawn(process.execPath, [path.join(root, 'scripts/electron.mjs'), entriesDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    }));
    for await (const line of createInterface({ input: stdout })) {
      if (!line.startsWith('{')) continue;
      const { way, name, error } = reportSchema.parse(JSON.parse(line));
      errors.set(`${way}: ${name}`, error);
    }
  }, 120_000);

  // Nothing is left behind where a scenario hangs.
  afterAll(() => electron?.kill());

  it.for(['utilityProcess', 'host'].flatMap((way) => scenarios.map(({ name }) => `${way}: ${name}`)))('%s', (name) => {
    expect(errors.has(name), 'the scenario was run').toBe(true);
    expect(errors.get(name)).toBeUndefined();
  });
});
