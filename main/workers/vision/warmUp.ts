import type { AnalyseDeps } from './analyse.ts';
import { alignFace, arcfacePoints } from './align.ts';
import { decode } from './decode.ts';
import { detectAtAGlance, glanceSidePx } from './detect.ts';
import { landmarkNetworkOf, pointsOf } from './landmarks.ts';
import { copyOf, shrinkTo } from './plate.ts';
import { runOne } from './sessions.ts';
import { sharp } from './sharp.ts';

// A camera's frame, as large as a selfie's.
const width = 1280;
const height = 720;
// WebAssembly is compiled well only once it has been seen to be used.
const rounds = 3;

/** Goes all the way of a selfie on a picture that shows nothing, so that the first guest does not wait for what is done only the first time. */
export async function warmUp({ manifest, sessions, lanes }: AnalyseDeps): Promise<void> {
  const create = { width, height, channels: 3 as const, background: '#808080' };
  const bytes = await sharp({ create }).jpeg().toBuffer();
  const deps = { session: sessions.detect, recipe: manifest.detector, lanes, lane: 'guest' as const };
  const box = { x: width / 2 - 100, y: height / 2 - 130, width: 200, height: 260 };
  const { sizePx, input, output } = manifest.template;
  const network = landmarkNetworkOf(manifest, sessions);
  for (let round = 0; round < rounds; round++) {
    const decoded = await decode({ bytes }, width, width * height);
    if (!decoded.ok) throw new Error(`the picture that is made to warm up cannot be read: ${decoded.fault.code}`);
    const { plate, close } = decoded.value;
    const picture = copyOf(plate, manifest.detector.longSidePx);
    await detectAtAGlance(shrinkTo(picture, glanceSidePx(manifest.detector)), deps);
    const points = await pointsOf(picture, network === undefined ? { box, points: arcfacePoints } : { box }, network);
    await runOne(sessions.embed, input, alignFace(picture, points, manifest.template), [1, 3, sizePx, sizePx], output);
    close();
  }
}
