// Another processor than the usual one is used only where it gives the same, and sooner.
import type { InferenceSession } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Provider } from '../../preload/index.ts';
import { openChecked } from '../../main/workers/vision/providers.ts';
import { openSessions, type Sessions } from '../../main/workers/vision/sessions.ts';
import { packDir, readManifest } from '../fixtures/pack.ts';

type Outputs = InferenceSession.ReturnType;

let usual: Sessions;
let open: (provider: Provider) => Promise<Sessions>;

beforeAll(async () => {
  const manifest = readManifest();
  open = (provider) => openSessions(manifest, packDir, provider);
  usual = await open('cpu');
});

/** Sessions that answer as a device would: at once from the second time on, what `change` makes of it. */
function device(change: (outputs: Outputs) => Outputs): Sessions {
  const onDevice = (session: InferenceSession): InferenceSession => {
    let known: Outputs | undefined;
    const run = async (feeds: InferenceSession.FeedsType) => (known ??= change(await session.run(feeds)));
    return Object.assign(Object.create(session) as InferenceSession, { run });
  };
  return { ...usual, detect: onDevice(usual.detect), embed: onDevice(usual.embed) };
}

const opening = (other: Sessions) => (provider: Provider) => Promise.resolve(provider === 'cpu' ? usual : other);

describe('what runs the networks', () => {
  it('is another device where that gives the same, and sooner', async () => {
    const other = device((outputs) => outputs);
    expect(await openChecked('cuda', opening(other))).toEqual({ sessions: other, provider: 'cuda' });
  });

  it('is the processor where the other gives something else', async () => {
    const wrong = device((outputs) => {
      for (const { data } of Object.values(outputs)) (data as Float32Array).reverse();
      return outputs;
    });
    expect((await openChecked('cuda', opening(wrong))).provider).toBe('cpu');
  });

  it('is the processor where the other takes longer', async () => {
    const run = async (session: InferenceSession, feeds: InferenceSession.FeedsType) => {
      await session.run(feeds);
      return session.run(feeds);
    };
    const slow = (session: InferenceSession) =>
      Object.assign(Object.create(session) as InferenceSession, {
        run: (feeds: InferenceSession.FeedsType) => run(session, feeds),
      });
    const other = { ...usual, detect: slow(usual.detect), embed: slow(usual.embed) };
    expect((await openChecked('cuda', opening(other))).provider).toBe('cpu');
  });

  it('is the processor where a device is not there', async () => {
    // No onnxruntime has both.
    for (const provider of ['dml', 'coreml'] as const) {
      if ((provider === 'dml') === (process.platform === 'win32')) continue;
      if ((provider === 'coreml') === (process.platform === 'darwin')) continue;
      expect((await openChecked(provider, open)).provider).toBe('cpu');
    }
  });
});
