import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { createChildProcessSpawner } from '../../../main/processes/index.ts';
import { scenarios, workersScenarios } from './scenarios.ts';

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

/** What a booth may have been started with. */
const environment = { FINDME_CLOUD_KEY: 'a key', FINDME_LOG: 'warn' };

describe('spawned with child_process', () => {
  beforeAll(() => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  });
  afterAll(() => void vi.unstubAllEnvs());

  it.for([...scenarios, ...workersScenarios])('$name', async ({ run }) => {
    await run(createChildProcessSpawner({ entriesDir }));
  });
});

describe.runIf('electron' in process.versions)('inside Electron', () => {
  const errors = new Map<string, string | undefined>();
  let electron: ChildProcess | undefined;

  beforeAll(async () => {
    const { stdout } = (electron = spawn(process.execPath, [path.join(root, 'scripts/electron.mjs'), entriesDir], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, ...environment, ELECTRON_RUN_AS_NODE: '1' },
    }));
    for await (const line of createInterface({ input: stdout })) {
      if (!line.startsWith('{')) continue;
      const { way, name, error } = reportSchema.parse(JSON.parse(line));
      errors.set(`${way}: ${name}`, error);
    }
  }, 120_000);

  // Nothing is left behind where a scenario hangs.
  afterAll(() => electron?.kill());

  const ways = { utilityProcess: scenarios, host: [...scenarios, ...workersScenarios] };
  const names = Object.entries(ways).flatMap(([way, run]) => run.map(({ name }) => `${way}: ${name}`));
  it.for(names)('%s', (name) => {
    expect(errors.has(name), 'the scenario was run').toBe(true);
    expect(errors.get(name)).toBeUndefined();
  });
});
