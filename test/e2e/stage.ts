import { existsSync } from 'node:fs';
import { cp, rename } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, inject, onTestFinished } from 'vitest';
import { removeFolder } from '../fixtures/folders.ts';
import { repoRoot } from '../fixtures/pack.ts';
import { openDisplay, type Display } from './display.ts';
import { launchBooth, type Booth, type LaunchOptions } from './driver.ts';
import { prepareEvent } from './event.ts';
import { untilEngineIsReady } from './line.ts';

type StageOptions = Partial<Omit<LaunchOptions, 'display' | 'folder'>> & {
  /** Not to wait until core can search, as a guest who was there before it. */
  isEarly?: boolean;
};

/** What the tests of a file share: a display, and a folder that holds the booth. */
export interface Stage {
  folder(): string;
  /** Starts the app for the test that runs, and closes it with that. */
  launch(options?: StageOptions): Promise<Booth>;
  /** In `beforeAll`: starts the app for all tests of the file. */
  launchForAll(options?: StageOptions): Promise<Booth>;
}

/** @param samples the event's photos */
export function setStage(samples: readonly number[]): Stage {
  let display: Display | undefined;
  let folder = '';
  const shared: Booth[] = [];

  beforeAll(async () => {
    [display, folder] = await Promise.all([openDisplay(), preparedFolder(samples)]);
  });

  beforeEach(() => {
    onTestFinished(async ({ task }) => {
      if (task.result?.state === 'fail') for (const booth of shared) await explain(booth, task.name);
    });
  });

  afterAll(async () => {
    try {
      for (const booth of shared) await booth.close();
    } finally {
      await display?.close();
      await removeFolder(folder);
    }
  });

  async function launch({ isEarly = false, ...options }: StageOptions = {}): Promise<Booth> {
    if (display === undefined) throw new Error('the stage is not set yet');
    const booth = await launchBooth({ display, folder, scene: 'guest', ...options });
    if (isEarly) return booth;
    try {
      await untilEngineIsReady(booth);
    } catch (error) {
      await booth.close();
      throw error;
    }
    return booth;
  }

  return {
    folder: () => folder,
    launch: async (options) => {
      const booth = await launch(options);
      onTestFinished(async ({ task }) => {
        if (task.result?.state === 'fail') await explain(booth, task.name);
        await booth.close();
      });
      return booth;
    },
    launchForAll: async (options) => {
      const booth = await launch(options);
      shared.push(booth);
      return booth;
    },
  };
}

/**
 * The folder of a booth whose event is of these samples. It takes seconds to prepare, so that is done once in a run of the tests, and stages have
 * copies; each in the same place, because a library names its photos by their whole paths. A worker has one stage at a time.
 */
async function preparedFolder(samples: readonly number[]): Promise<string> {
  const workersDir = path.join(inject('stagesDir'), process.env['VITEST_POOL_ID'] ?? '');
  const [folder, kept] = [path.join(workersDir, 'booth'), path.join(workersDir, `samples-${samples.join('-')}`)];
  // Of a file that was ended in its middle.
  await removeFolder(folder);
  if (!existsSync(kept)) {
    await prepareEvent(folder, samples);
    // Under its name once it is whole.
    await cp(folder, `${kept}.part`, { recursive: true, preserveTimestamps: true });
    await rename(`${kept}.part`, kept);
    return folder;
  }
  await cp(kept, folder, { recursive: true, preserveTimestamps: true });
  return folder;
}

/** Leaves what was on the screen in out/e2e, and says what the app has written. */
async function explain(booth: Booth, name: string): Promise<void> {
  process.stderr.write(`${name}: the app wrote:\n${booth.log()}\n`);
  const file = `${name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}.png`;
  await booth.screenshot(path.join(repoRoot, 'out', 'e2e', file)).catch(() => undefined);
}
