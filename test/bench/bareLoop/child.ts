// The least that a photo can cost: its decoding and the runs of the networks, one after the other, and nothing of what is done with either.
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import { analyse, usefulLongSidePx } from '../../../main/workers/vision/analyse.ts';
import { decode } from '../../../main/workers/vision/decode.ts';
import { createLanes } from '../../../main/workers/vision/lanes.ts';
import { openSessions, type Sessions } from '../../../main/workers/vision/sessions.ts';
import { createRandom } from '../../fixtures/compose.ts';
import { answer } from '../team/child.ts';
import { questionSchema, settingsSchema, type Run } from './work.ts';

const { pack, maxPixels } = settingsSchema.parse(JSON.parse(process.argv[2]));
const sessions = await openSessions(pack.manifest, pack.dir);
const random = createRandom(1);
const noiseOfShape = new Map<string, Tensor>();

answer(async (question) => {
  const { file, runs } = questionSchema.parse(question);
  if (runs === undefined) return runsFor(file);
  const decoded = await decode({ path: file }, usefulLongSidePx.ingest, maxPixels);
  if (!decoded.ok) throw new Error(decoded.fault.code);
  for (const { session: name, input, dims, outputs } of runs) {
    const session = sessionOf(name);
    await session.run({ [input]: noise(dims) }, outputs ?? session.outputNames);
  }
  decoded.value.close();
  return undefined;
});

async function runsFor(file: string): Promise<Run[]> {
  const runs: Run[] = [];
  const deps = { manifest: pack.manifest, sessions: noting(runs), lanes: createLanes() };
  const analysis = await analyse(deps, { source: { path: file }, lane: 'ingest', maxPixels });
  if (!analysis.ok) throw new Error(analysis.fault.code);
  return runs;
}

/** The sessions, noting what is run. */
function noting(runs: Run[]): Sessions {
  const note = (session: keyof Sessions) => {
    const own = sessionOf(session);
    const run = (feeds: Record<string, Tensor>, outputs?: string[]) => {
      for (const [input, { dims }] of Object.entries(feeds)) runs.push({ session, input, dims: [...dims], outputs });
      return own.run(feeds, outputs ?? own.outputNames);
    };
    // All of a session that the product makes use of.
    return { run, inputNames: own.inputNames, outputNames: own.outputNames } as unknown as InferenceSession;
  };
  const landmark = sessions.landmark === undefined ? undefined : note('landmark');
  return { detect: note('detect'), landmark, embed: note('embed') };
}

function sessionOf(name: keyof Sessions): InferenceSession {
  const session = sessions[name];
  if (session === undefined) throw new Error(`the pack has no network of the kind: ${name}`);
  return session;
}

/** How long a network runs does not depend on what is in the picture. */
function noise(dims: number[]): Tensor {
  const key = dims.join('x');
  const known = noiseOfShape.get(key);
  if (known !== undefined) return known;
  const values = new Float32Array(dims.reduce((product, size) => product * size, 1));
  for (let i = 0; i < values.length; i++) values[i] = random.between(-1, 1);
  const made = new Tensor('float32', values, dims);
  noiseOfShape.set(key, made);
  return made;
}
