import { Arch } from 'electron-builder';
import { drawIcons } from './icons.mjs';

/**
 * electron-builder's hook. npm installs native modules for the machine it runs on, so that a package for another one would not start.
 * @param {import('app-builder-lib').BeforePackContext} context
 */
export default async function beforePack({ packager, arch }) {
  const target = `${packager.platform.nodeName}-${Arch[arch]}`;
  const here = `${process.platform}-${process.arch}`;
  if (target !== here) throw new Error(`A package for ${target} has to be made on ${target}; this is ${here}.`);
  await drawIcons(packager.buildResourcesDir);
}
