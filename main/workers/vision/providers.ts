import { listSupportedBackends, Tensor, type InferenceSession } from 'onnxruntime-node';
import type { Provider } from '../../../preload/index.ts';
import type { Sessions } from './sessions.ts';

// What else than the processor onnxruntime can run networks on, by system, the usually quickest first.
const byPlatform: Partial<Record<NodeJS.Platform, readonly Provider[]>> = {
  win32: ['dml', 'webgpu'],
  darwin: ['coreml', 'webgpu'],
  linux: ['cuda', 'webgpu'],
};

// Sides of a network's input that it leaves open, pixels.
const openSidePx = 640;
// Half precision loses a little; what is less alike has been reckoned wrongly.
const leastLikeness = 0.999;
const rounds = 5;

/** Those that this build of onnxruntime brings along, or finds installed, on this system. */
function availableHere(): Provider[] {
  const bundled = new Set(listSupportedBackends().map(({ name }) => name));
  return (byPlatform[process.platform] ?? []).filter((provider) => bundled.has(provider));
}

/**
 * The sessions of the provider that is wanted, if it gives on a reference input what the processor gives, and sooner; those of the processor otherwise.
 *
 * @param wanted `auto`: the first that does, of those that are there
 * @param open throws where a provider is not there, or cannot run these networks
 */
export async function openChecked(
  wanted: Provider | 'auto',
  open: (provider: Provider) => Promise<Sessions>,
): Promise<{ sessions: Sessions; provider: Provider }> {
  const onProcessor = { sessions: await open('cpu'), provider: 'cpu' as const };
  const candidates = wanted === 'auto' ? availableHere() : [wanted];
  for (const provider of candidates) {
    if (provider === 'cpu') continue;
    try {
      const sessions = await open(provider);
      if (await isEqualAndQuicker(sessions, onProcessor.sessions)) return { sessions, provider };
    } catch {
      // No such device, or no driver for it: the next one.
    }
  }
  return onProcessor;
}

async function isEqualAndQuicker(candidate: Sessions, processor: Sessions): Promise<boolean> {
  let candidateMs = 0;
  let processorMs = 0;
  for (const name of ['detect', 'embed'] as const) {
    const input = referenceInputOf(processor[name]);
    const expected = await timedRun(processor[name], input);
    const given = await timedRun(candidate[name], input);
    if (expected.values.some((values, i) => likeness(values, given.values[i]) < leastLikeness)) return false;
    candidateMs += given.ms;
    processorMs += expected.ms;
  }
  return candidateMs < processorMs;
}

/** @returns what the network gives, and how long the quickest run takes: the first ones prepare things */
async function timedRun(session: InferenceSession, input: Tensor): Promise<{ values: Float32Array[]; ms: number }> {
  let ms = Infinity;
  let values: Float32Array[] = [];
  for (let round = 0; round < rounds; round++) {
    const startMs = performance.now();
    const outputs = await session.run({ [session.inputNames[0]]: input });
    ms = Math.min(ms, performance.now() - startMs);
    values = session.outputNames.map((name) => outputs[name].data as Float32Array);
  }
  return { values, ms };
}

/** Light and dark in soft spots, as in a face, and the same each time. */
function referenceInputOf(session: InferenceSession): Tensor {
  const { shape } = session.inputMetadata[0] as { shape: readonly (number | string)[] };
  const sizes = shape.map((size, i) => (typeof size === 'number' && size > 0 ? size : i === 0 ? 1 : openSidePx));
  const values = new Float32Array(sizes.reduce((product, size) => product * size, 1));
  const across = sizes[3];
  for (let i = 0; i < values.length; i++) values[i] = Math.sin((i % across) / 9) * Math.cos(i / across / 7);
  return new Tensor('float32', values, sizes);
}

function likeness(a: Float32Array, b: Float32Array): number {
  if (a.length !== b.length) return 0;
  let both = 0;
  let ofA = 0;
  let ofB = 0;
  for (let i = 0; i < a.length; i++) {
    both += a[i] * b[i];
    ofA += a[i] * a[i];
    ofB += b[i] * b[i];
  }
  return both / Math.sqrt(ofA * ofB);
}
