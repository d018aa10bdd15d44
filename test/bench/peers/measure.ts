import { z } from 'zod';
import type { CameraPhoto } from '../cameraPhotos.ts';
import { startTeam } from '../team/team.ts';
import { countFaces } from '../faceCount.ts';
import { within, type Workbench } from '../workbench.ts';
import { ways } from './ways.ts';

/** What one way of using a peer gave. */
export interface PeerFigures {
  name: string;
  backend: string;
  photosPerS: number;
  recall: number;
  falseFacesPerPhoto: number;
}

const backend = 'TensorFlow.js 4.22 wasm (SIMD)';
const boxesSchema = z.array(z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }));
const limitPerPhotoMs = 60_000;

/**
 * Measures each way of using the peers on the same photos, in as many processes as the product has for photos.
 *
 * @param warmUp photos that come first and are not counted, at least one a process
 */
export async function measurePeers(
  warmUp: readonly CameraPhoto[],
  photos: readonly CameraPhoto[],
  processes: number,
  { say, defer }: Workbench,
): Promise<PeerFigures[]> {
  const measured: PeerFigures[] = [];
  for (const [i, { name }] of ways.entries()) {
    say(`${String(photos.length)} photos: ${name}`);
    const team = await startTeam('peers/child.ts', [String(i)], processes);
    defer(team.stop);
    const ask = (some: readonly CameraPhoto[]) =>
      within(some.length * limitPerPhotoMs, name, team.ask(some.map(({ file }) => file)));
    await ask(warmUp);
    const startMs = performance.now();
    const answers = await ask(photos);
    const seconds = (performance.now() - startMs) / 1000;
    await team.stop();
    const { recall, falseFaces } = countFaces(photos, z.array(boxesSchema).parse(answers));
    measured.push({
      ...{ name, backend, recall },
      photosPerS: photos.length / seconds,
      falseFacesPerPhoto: falseFaces / photos.length,
    });
  }
  return measured;
}
