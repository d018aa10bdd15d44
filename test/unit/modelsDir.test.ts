import path from 'node:path';
import { expect, it } from 'vitest';
import { modelsDirOf } from '../../main/packs/index.ts';

it.each([
  ['the tree', '/home/ana/findme/out/main', '/home/ana/findme/models'],
  ['a package', '/opt/FindMe Kiosk/resources/app.asar/out/main', '/opt/FindMe Kiosk/resources/models'],
])('the packs are found from %s', (_where, entriesDir, modelsDir) => {
  expect(modelsDirOf(path.resolve(entriesDir))).toBe(path.resolve(modelsDir));
});
