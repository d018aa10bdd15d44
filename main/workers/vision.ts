// The vision process: one picture in, its faces out. May die on a hostile picture; its parent replaces it.
import os from 'node:os';
import type { Provider } from '../../preload/index.ts';
import { serve } from '../processes/index.ts';
import { analyse } from './vision/analyse.ts';
import { compose } from './vision/compose/index.ts';
import { convert } from './vision/convert.ts';
import { derive } from './vision/derive.ts';
import { describe } from './vision/describe.ts';
import { glance } from './vision/glance.ts';
import { createLanes } from './vision/lanes.ts';
import { openChecked } from './vision/providers.ts';
import { readCode } from './vision/readCode.ts';
import { openSessions } from './vision/sessions.ts';
import { warmUp } from './vision/warmUp.ts';
import { visionContract, visionSettingsSchema } from './visionContract.ts';

await serve(visionContract, async (settings) => {
  const { pack, provider: wanted, isInBackground, isWarmedUp } = visionSettingsSchema.parse(settings);
  // First of all: on Linux a thread has the priority of the one that started it.
  if (isInBackground) os.setPriority(os.constants.priority.PRIORITY_LOW);
  const open = (provider: Provider) => openSessions(pack.manifest, pack.dir, provider);
  const { sessions, provider } = await openChecked(wanted, open);
  const deps = { manifest: pack.manifest, sessions, lanes: createLanes() };
  if (isWarmedUp) await warmUp(deps);
  return {
    describe: () => ({ ...describe(), provider }),
    analyse: (request) => analyse(deps, request),
    glance: (request) => glance(deps, request),
    derive: ({ path, maxPixels, derivatives }) => derive(path, maxPixels, derivatives),
    readCode: ({ path, maxPixels }) => readCode(path, maxPixels),
    compose: ({ sheet, maxPixels, target }) => compose(sheet, maxPixels, target),
    convert: ({ path, maxPixels, target }) => convert(path, maxPixels, target),
  };
});
