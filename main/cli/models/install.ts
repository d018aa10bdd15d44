import { createInterface } from 'node:readline/promises';
import { ok } from '../../../preload/index.ts';
import { installPack, lookAtPack } from '../../packs/index.ts';
import { createProgress, type Progress } from '../progress.ts';
import { inSession, type CommonOptions, type ExitCode, type Places } from '../session.ts';

const megabyte = 1e6;

/** `models install PACK` */
export const install = (
  places: Places,
  options: CommonOptions & { pack: string; from?: string; acceptLicence?: boolean },
): Promise<ExitCode> =>
  inSession(places, options, async ({ output, signal }) => {
    let progress: Progress | undefined;
    const endProgress = () => {
      progress?.end();
      progress = undefined;
    };
    const installed = await installPack(places.modelsDir, options.pack, options.from, {
      signal,
      accepts: async ({ title, licence, source }) =>
        options.acceptLicence === true ||
        (options.json !== true && (await isAgreed(`${title}\n${licence}\n${source.url}\n`))),
      onBytes: (name) => {
        endProgress();
        return (doneBytes, totalBytes) => {
          if (totalBytes === undefined) return;
          progress ??= createProgress(Math.ceil(totalBytes / megabyte), `MB of ${name}`);
          progress.update(Math.ceil(doneBytes / megabyte));
        };
      },
    }).finally(endProgress);
    if (!installed.ok) return installed;
    const pack = await lookAtPack(places.modelsDir, options.pack);
    if (!pack.ok) return pack;
    const { files, trusted } = installed.value;
    const calibrated = pack.value.isCalibrated;
    output.result({ pack: options.pack, installed: files, trusted, calibrated }, () => [
      files.length === 0 ? `${options.pack} was there already.` : `${options.pack}: ${files.join(', ')}`,
      ...(trusted.length === 0
        ? []
        : [
            `Nobody publishes a checksum of ${trusted.join(', ')}: what came is trusted from now on, and nothing else (installed.json).`,
          ]),
      ...(calibrated
        ? []
        : [
            'It can be used once its thresholds have been measured:',
            `  npm run cli -- calibrate --pack ${options.pack} --dir DIR --write`,
          ]),
    ]);
    return ok(0);
  });

/** Asks at the terminal; where there is none nobody can say yes. */
async function isAgreed(terms: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  process.stderr.write(terms);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|o|oui)$/i.test(
      (await lines.question('Not for commercial use. Do you agree to these terms? ')).trim(),
    );
  } finally {
    lines.close();
  }
}
