import { ok } from '../../../preload/index.ts';
import { listPacks, type ListedPack } from '../../packs/index.ts';
import { inSession, type CommonOptions, type ExitCode, type Places } from '../session.ts';

/** `models list` */
export const list = (places: Places, options: CommonOptions): Promise<ExitCode> =>
  inSession(places, options, async ({ config, output }) => {
    const packs = (await listPacks(places.modelsDir)).map((pack) => ({
      id: pack.id,
      version: pack.manifest.version,
      title: pack.manifest.title,
      licence: pack.manifest.licence,
      commercialUse: pack.manifest.commercialUse,
      source: pack.manifest.source.url,
      state: stateOf(pack),
      calibrated: pack.isCalibrated,
      inUse: pack.id === config.models.pack,
    }));
    output.result({ packs }, () =>
      packs.flatMap(({ id, title, licence, commercialUse, state, calibrated, inUse }) => [
        `${inUse ? '*' : ' '} ${id.padEnd(12)} ${state}${calibrated ? '' : ', not calibrated'}`,
        `${' '.repeat(15)}${title}`,
        `${' '.repeat(15)}${licence}${commercialUse ? '' : ' (no commercial use)'}`,
      ]),
    );
    return ok(0);
  });

function stateOf({ isInstalled, faults }: ListedPack): 'installed' | 'damaged' | 'not installed' {
  if (isInstalled) return 'installed';
  return faults.some(({ code }) => code === 'models.damaged') ? 'damaged' : 'not installed';
}
