import type { Manifest } from '../../packs/index.ts';
import type { Box, Face } from '../index.ts';
import { alignFace, type FivePoints } from './align.ts';
import type { FoundFace } from './detect.ts';
import { giveBack } from './kernels/index.ts';
import { boxAround, findPointsAgain, landmarkNetworkOf, pointsOf, type LandmarkNetwork } from './landmarks.ts';
import { iou } from './nms.ts';
import type { Picture } from './picture.ts';
import { canBeAFaces, staysInPlace } from './plausible.ts';
import type { Cutting } from './plate.ts';
import { qualityOf } from './quality.ts';
import { runOne, type Sessions } from './sessions.ts';

// Of a template at least this share of the usual length nobody doubts that it is a face's.
const clearShare = 0.78;

// A box that shares less with the one that its points make is not the face's.
const leastIou = 0.6;

interface Look {
  /** Pixels of the cutting. */
  points: FivePoints;
  /** As the network gives it; its length is the norm. */
  raw: Float32Array;
  norm: number;
  quality: number;
}

interface Deps {
  manifest: Manifest;
  sessions: Sessions;
  /** A raw template shorter than this is of no face. */
  leastNorm: number;
  /** One of the worker's steps, of the named kind. */
  readonly step: <T>(stage: 'align' | 'embed', work: () => Promise<T> | T) => Promise<T>;
}

export interface Recognised {
  face: Face;
  /** Its points lie in the box that it was found by, as a face's do; else the box is the one that they make. */
  isInPlace: boolean;
}

/**
 * A face's points and template; undefined for what turns out to be none.
 *
 * @param found pixels of the upright original
 * @param cutting what of the picture is around it
 */
export async function recognise(found: FoundFace, cutting: Cutting, deps: Deps): Promise<Recognised | undefined> {
  const { box, score } = found;
  const { manifest, sessions, step, leastNorm } = deps;
  const network = landmarkNetworkOf(manifest, sessions);
  const { picture, x, y } = cutting;
  const { shrink } = picture;
  const inCutting: Box = {
    x: (box.x - x) / shrink,
    y: (box.y - y) / shrink,
    width: box.width / shrink,
    height: box.height / shrink,
  };
  const seen = found.points?.map((value, i) => (value - (i % 2 === 0 ? x : y)) / shrink);
  const points = await step('align', () => pointsOf(picture, { box: inCutting, points: seen }, network));
  const best = network === undefined ? await lookAt(points) : await lookTwice(points, network);
  if (best === undefined) return undefined;
  if (network !== undefined && !isClear(best) && !(await isSteady(best, network))) return undefined;

  const around = network === undefined ? inCutting : boxAround(best.points, network.recipe);
  const isInPlace = iou(inCutting, around) >= leastIou;
  const own = isInPlace ? inCutting : around;
  const face: Face = {
    box: { x: own.x * shrink + x, y: own.y * shrink + y, width: own.width * shrink, height: own.height * shrink },
    score,
    landmarks: best.points.map((value, i) => value * shrink + (i % 2 === 0 ? x : y)),
    template: best.raw.map((value) => value / best.norm),
    norm: best.norm,
    quality: best.quality,
  };
  return { face, isInPlace };

  /** @returns undefined where the recogniser sees no face: the detector is as sure of some leaves and hands as of faces */
  async function lookAt(points: FivePoints): Promise<Look | undefined> {
    const seen = await look(picture, points, deps);
    return seen.norm < leastNorm ? undefined : seen;
  }

  /** It may be the points alone that are wrong. Those that cannot be a face's are not worth a template, which costs most. */
  async function lookTwice(points: FivePoints, by: LandmarkNetwork): Promise<Look | undefined> {
    const first = canBeAFaces(points, by.recipe) ? await lookAt(points) : undefined;
    if (first !== undefined) return first;
    const again = await pointsAgain(points, by);
    return canBeAFaces(again, by.recipe) ? lookAt(again) : undefined;
  }

  function isClear({ norm }: Look): boolean {
    const { usualNorm } = manifest.template;
    return usualNorm === undefined || norm >= clearShare * usualNorm;
  }

  async function isSteady({ points: before }: Look, by: LandmarkNetwork): Promise<boolean> {
    return staysInPlace(before, await pointsAgain(before, by), boxAround(before, by.recipe).height);
  }

  function pointsAgain(points: FivePoints, by: LandmarkNetwork): Promise<FivePoints> {
    return step('align', () => findPointsAgain(picture, points, by));
  }
}

async function look(picture: Picture, points: FivePoints, { manifest, sessions, step }: Deps): Promise<Look> {
  const { sizePx, input, output } = manifest.template;
  const aligned = await step('align', () => alignFace(picture, points, manifest.template));
  const raw = await step('embed', () => runOne(sessions.embed, input, aligned, [1, 3, sizePx, sizePx], output));
  const norm = Math.sqrt(raw.reduce((sum, value) => sum + value * value, 0));
  const quality = qualityOf({ aligned, points, norm }, manifest.template);
  giveBack(aligned);
  return { points, raw, norm, quality };
}
