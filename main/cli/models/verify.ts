import { fail, ok, type Result } from '../../../preload/index.ts';
import { listPacks, lookAtPack, type ListedPack } from '../../packs/index.ts';
import { remarkOf } from '../output.ts';
import { inSession, type CommonOptions, type ExitCode, type Places } from '../session.ts';

/** `models verify [PACK]`: a pack that is named has to be whole; of the others, those that have any of their files. */
export const verify = (places: Places, options: CommonOptions & { pack?: string }): Promise<ExitCode> =>
  inSession(places, options, async ({ config, output }) => {
    const looked = await looking(places.modelsDir, options.pack);
    if (!looked.ok) return looked;
    const problems = looked.value.flatMap(({ faults }) =>
      faults.map((fault) => remarkOf(fault.detail ?? '', fault, config.language)),
    );
    for (const problem of problems) output.remark(problem);
    const packs = looked.value.map(({ id, isInstalled }) => ({ id, ok: isInstalled }));
    output.result({ ok: problems.length === 0, packs, problems }, () =>
      packs.map((pack) => `${pack.ok ? 'ok ' : 'bad'}  ${pack.id}`),
    );
    return ok(problems.length === 0 ? 0 : 1);
  });

async function looking(modelsDir: string, id: string | undefined): Promise<Result<ListedPack[]>> {
  if (id !== undefined) {
    const pack = await lookAtPack(modelsDir, id);
    return pack.ok ? ok([pack.value]) : pack;
  }
  const begun = (await listPacks(modelsDir)).filter(({ isInstalled, isEmpty }) => isInstalled || !isEmpty);
  return begun.length === 0 ? fail('models.missing', modelsDir) : ok(begun);
}
