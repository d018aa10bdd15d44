// Where the stages of one run of the tests keep what they prepare.
import type { TestProject } from 'vitest/node';
import { makeFolder, removeFolder } from '../fixtures/folders.ts';

declare module 'vitest' {
  interface ProvidedContext {
    stagesDir: string;
  }
}

export default async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const folder = await makeFolder();
  provide('stagesDir', folder);
  return () => removeFolder(folder);
}
