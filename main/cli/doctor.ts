import { existsSync } from 'node:fs';
import path from 'node:path';
import { ok, type Check } from '../../preload/index.ts';
import { badCheck, checkUp, openStore, type Config } from '../core/index.ts';
import { inSession, type CommonOptions, type ExitCode, type Places } from './session.ts';
import { faultText } from './texts.ts';

/** `doctor` */
export const doctor = ({ modelsDir, ...places }: Places, options: CommonOptions): Promise<ExitCode> =>
  inSession({ modelsDir, ...places }, options, async ({ config, spawner, log, output }) => {
    const checks = [...(await checkUp({ config, modelsDir, spawner, log })), ...checkDatabase(config)].map((check) => ({
      ...check,
      // What to do about it.
      ...(check.code === undefined ? {} : { mend: faultText({ code: check.code }, config.language) }),
    }));
    const isWell = checks.every(({ state }) => state !== 'bad');
    output.result({ ok: isWell, checks }, () =>
      checks.flatMap(({ name, state, found, code, mend }) => [
        `${state.padEnd(7)}  ${name.padEnd(9)}  ${[code, found].filter((part) => part !== undefined && part !== '').join(': ')}`,
        ...(mend === undefined ? [] : [`${' '.repeat(20)}${mend}`]),
      ]),
    );
    return ok(isWell ? 0 : 1);
  });

/** Opens a library that is there, as the booth would; makes none where there is none. */
function checkDatabase({ libraryDir }: Config): Check[] {
  if (!existsSync(path.join(libraryDir, 'library.db'))) return [];
  const store = openStore(libraryDir);
  if (!store.ok) return [badCheck('library', store.fault)];
  store.value.close();
  return [];
}
