import { existsSync } from 'node:fs';
import path from 'node:path';
import { fail, ok } from '../../../preload/index.ts';
import { choosePack } from '../../core/index.ts';
import { loadPack, packKey } from '../../packs/index.ts';
import { inSession, type CommonOptions, type ExitCode, type Places } from '../session.ts';

/** `models use PACK`: into the settings file, which is made where it is not there yet. */
export function use(places: Places, { config, ...options }: CommonOptions & { pack: string }): Promise<ExitCode> {
  const file = config ?? process.env['FINDME_CONFIG'];
  const read = config !== undefined && existsSync(config) ? { ...options, config } : options;
  return inSession(places, read, async ({ output }) => {
    if (file === undefined || file === '') return fail('config.not-named');
    const pack = await loadPack(places.modelsDir, options.pack);
    if (!pack.ok) return pack;
    const chosen = await choosePack(file, options.pack);
    if (!chosen.ok) return chosen;
    const settings = path.resolve(file);
    output.result({ pack: options.pack, settings }, () => [
      `${packKey(pack.value.manifest)} is used from the next start on.`,
      `Settings: ${settings}`,
      'An event that has been searched already changes over while it is served.',
    ]);
    return ok(0);
  });
}
