import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * electron-builder's hook. Electron's own default app would open whatever folder the command line names.
 * @param {import('electron-builder').AfterPackContext} context
 */
export default async function afterPack({ appOutDir, packager }) {
  await rm(join(packager.getResourcesDir(appOutDir), 'default_app.asar'), { force: true });
}
