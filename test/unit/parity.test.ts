// Each stage of the face pipeline against what a second implementation found (test/fixtures/parity).
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Tensor } from 'onnxruntime-node';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  alignFace,
  arcfacePoints,
  similarityBetween,
  warp,
  type AlignedForm,
} from '../../main/workers/vision/align.ts';
import { analyse } from '../../main/workers/vision/analyse.ts';
import { grayCrop } from '../../main/workers/vision/grayCrop.ts';
import { fivePointsOf, landmarkSquare } from '../../main/workers/vision/landmarks.ts';
import { decodeDetections, priorsOf } from '../../main/workers/vision/detectors/ultraface.ts';
import { createLanes } from '../../main/workers/vision/lanes.ts';
import { suppress } from '../../main/workers/vision/nms.ts';
import type { Picture } from '../../main/workers/vision/picture.ts';
import { planesOf } from '../../main/workers/vision/planes.ts';
import { openSessions, type Sessions } from '../../main/workers/vision/sessions.ts';
import { packDir, readManifest } from '../fixtures/pack.ts';
import { readPicture } from '../fixtures/pictures.ts';
import { dot, unit } from '../fixtures/random.ts';

const parityDir = path.join(import.meta.dirname, '..', 'fixtures', 'parity');
const recorded = <T extends z.ZodType>(stage: string, schema: T): z.infer<T> =>
  schema.parse(JSON.parse(readFileSync(path.join(parityDir, `${stage}.json`), 'utf8')));

const four = z.tuple([z.number(), z.number(), z.number(), z.number()]);
const point = z.tuple([z.number(), z.number()]);
const matrix = z.tuple([z.tuple([z.number(), z.number(), z.number()]), z.tuple([z.number(), z.number(), z.number()])]);
const bytes = z.base64().transform((text) => new Uint8Array(Buffer.from(text, 'base64')));
const floats = bytes.transform((all) => new Float32Array(all.buffer, all.byteOffset, all.length / 4));

const manifest = readManifest();
let sessions: Sessions;
const pictures = new Map<string, Picture>();
const pictureOf = (name: string): Picture => pictures.get(name) ?? expect.fail(`no picture ${name}`);

beforeAll(async () => {
  sessions = await openSessions(manifest, packDir);
  for (const name of ['scene.png', 'rolled.png', 'aligned-a.png', 'aligned-a-rolled.png', 'aligned-b.png']) {
    pictures.set(name, await readPicture(path.join(parityDir, name)));
  }
});

async function run(session: keyof Sessions, input: string, values: Float32Array, shape: number[], output: string) {
  const outputs = await (sessions[session] ?? expect.fail(`no ${session}`)).run({
    [input]: new Tensor('float32', values, shape),
  });
  const { data } = outputs[output];
  return data instanceof Float32Array ? data : expect.fail(`${output} is not float32`);
}

function expectNear(found: ArrayLike<number>, wanted: ArrayLike<number>, within: number): void {
  expect(found.length).toBe(wanted.length);
  for (let i = 0; i < wanted.length; i++) expect(Math.abs(found[i] - wanted[i])).toBeLessThanOrEqual(within);
}

function expectRelative(found: number, wanted: number, within: number): void {
  expect(Math.abs(found / wanted - 1)).toBeLessThanOrEqual(within);
}

describe('priors', () => {
  const { tolerance, cases } = recorded(
    'priors',
    z.object({
      tolerance: z.object({ px: z.number(), sumRelative: z.number() }),
      cases: z.array(
        z.object({
          width: z.number(),
          height: z.number(),
          count: z.number(),
          first: z.array(four),
          last: z.array(four),
          sum: four,
          sumOfSquares: four,
        }),
      ),
    }),
  );

  it.each(cases)('of $width x $height', ({ width, height, count, first, last, sum, sumOfSquares }) => {
    const priors = priorsOf(width, height, manifest.detector);
    expect(priors.length).toBe(count * 4);
    expectNear(priors.subarray(0, first.length * 4), first.flat(), tolerance.px);
    expectNear(priors.subarray(-last.length * 4), last.flat(), tolerance.px);
    for (let column = 0; column < 4; column++) {
      let total = 0;
      let squares = 0;
      for (let i = column; i < priors.length; i += 4) {
        total += priors[i];
        squares += priors[i] ** 2;
      }
      expectRelative(total, sum[column], tolerance.sumRelative);
      expectRelative(squares, sumOfSquares[column], tolerance.sumRelative);
    }
  });
});

describe('detector', () => {
  const { picture, tolerance, count, countAtScore, scoreSum, best, faces } = recorded(
    'detector',
    z.object({
      picture: z.string(),
      tolerance: z.object({ boxPx: z.number(), score: z.number(), regression: z.number() }),
      count: z.number(),
      countAtScore: z.number(),
      scoreSum: z.number(),
      best: z.array(z.object({ prior: z.number(), score: z.number(), regression: four })),
      faces: z.array(z.object({ box: four, score: z.number() })),
    }),
  );

  it('sees the same faces in the scene', async () => {
    const scene = pictureOf(picture);
    const { width, height } = scene;
    const { input, outputs, colour, mean, scale, nmsIou, nmsContainment } = manifest.detector;
    const planes = planesOf(scene, 0, 0, { width, height, colour, mean, scale });
    const shape = [1, 3, height, width];
    const scores = await run('detect', input, planes, shape, outputs.scores);
    const regression = await run('detect', input, planes, shape, outputs.boxes);

    const faceScores = scores.filter((_, i) => i % 2 === 1);
    expect(faceScores).toHaveLength(count);
    expect(Math.abs(faceScores.reduce((sum, score) => sum + score, 0) - scoreSum)).toBeLessThan(
      count * tolerance.score,
    );
    for (const { prior, score, regression: wanted } of best) {
      expect(Math.abs(faceScores[prior] - score)).toBeLessThanOrEqual(tolerance.score);
      expectNear(regression.subarray(prior * 4, prior * 4 + 4), wanted, tolerance.regression);
    }

    const decoded = decodeDetections(scores, regression, priorsOf(width, height, manifest.detector), manifest.detector);
    expect(decoded).toHaveLength(countAtScore);
    const found = suppress(decoded, nmsIou, nmsContainment);
    expect(found).toHaveLength(faces.length);
    found.forEach(({ x1, y1, x2, y2, score }, i) => {
      expectNear([x1, y1, x2, y2], faces[i].box, tolerance.boxPx);
      expect(Math.abs(score - faces[i].score)).toBeLessThanOrEqual(tolerance.score);
    });
  });
});

describe('nms', () => {
  const { iou, containment, boxes, scores, kept } = recorded(
    'nms',
    z.object({
      iou: z.number(),
      containment: z.number(),
      boxes: z.array(four),
      scores: z.array(z.number()),
      kept: z.array(z.number()),
    }),
  );

  it('keeps the same boxes, best first', () => {
    expect([iou, containment]).toEqual([manifest.detector.nmsIou, manifest.detector.nmsContainment]);
    const detections = boxes.map(([x1, y1, x2, y2], i) => ({ x1, y1, x2, y2, score: scores[i] }));
    expect(suppress(detections, iou, containment).map((one) => detections.indexOf(one))).toEqual(kept);
  });
});

const boxOf = ([x1, y1, x2, y2]: z.infer<typeof four>) => ({ x: x1, y: y1, width: x2 - x1, height: y2 - y1 });

async function landmarksOf(picture: Picture, box: z.infer<typeof four>) {
  const { sizePx, scale, input, output } = manifest.landmarks;
  const square = landmarkSquare(boxOf(box));
  const crop = grayCrop(picture, square, sizePx, scale);
  return { square, points: await run('landmark', input, crop, [1, 1, sizePx, sizePx], output) };
}

describe('landmarks', () => {
  const { tolerance, faces } = recorded(
    'landmarks',
    z.object({
      tolerance: z.object({ ofSide: z.number() }),
      faces: z.array(z.object({ picture: z.string(), box: four, side: z.number(), points: z.array(point).length(68) })),
    }),
  );

  it.each(faces.map((face, i) => ({ ...face, number: i + 1 })))('of face $number, in $picture', async (face) => {
    const { square, points } = await landmarksOf(pictureOf(face.picture), face.box);
    expect(square.sidePx).toBeCloseTo(face.side, 6);
    const placed = Array.from(points, (value, i) => (i % 2 === 0 ? square.x : square.y) + value * square.sidePx);
    expectNear(placed, face.points.flat(), tolerance.ofSide * face.side);
  });
});

describe('alignment', () => {
  const { tolerance, template, cases } = recorded(
    'alignment',
    z.object({
      tolerance: z.object({ rotationAndScale: z.number(), shift: z.number() }),
      template: z.array(point),
      cases: z.array(z.object({ name: z.string(), points: z.array(point), matrix, scale: z.number() })),
    }),
  );

  it('aims at the same points', () => {
    expect(arcfacePoints).toEqual(template.flat());
  });

  it.each(cases)('of $name', ({ points, matrix: [[m00, m01, tx], [m10, m11, ty]], scale }) => {
    const found = similarityBetween(points.flat(), arcfacePoints);
    const { rotationAndScale } = tolerance;
    expectNear([found.a, -found.b, found.b, found.a], [m00, m01, m10, m11], rotationAndScale);
    expectNear([found.tx, found.ty], [tx, ty], tolerance.shift);
    expect(Math.abs(Math.hypot(found.a, found.b) - scale)).toBeLessThanOrEqual(rotationAndScale);
  });
});

describe('warp', () => {
  const { formula, tolerance, cases } = recorded(
    'warp',
    z.object({
      formula: z.object({ side: z.number(), sum: z.number(), sumOfSquares: z.number() }),
      tolerance: z.object({ blocksMeanAbsoluteDifference: z.number(), centreMeanAbsoluteDifference: z.number() }),
      cases: z.array(z.object({ picture: z.string(), matrix, blocks: bytes, centre: bytes })),
    }),
  );

  const { side } = formula;
  const made: Picture = { width: side, height: side, shrink: 1, pixels: new Uint8Array(side * side * 3) };
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const red = 128 + 60 * Math.sin(x / 9) + 40 * (1 - 2 * ((x + y) % 2));
      const green = 128 + 60 * Math.sin(y / 11) + 40 * (1 - 2 * (x % 2));
      const blue = 128 + 60 * Math.sin((x + y) / 13);
      made.pixels.set(
        [red, green, blue].map((value) => Math.floor(value + 0.5)),
        (y * side + x) * 3,
      );
    }
  }

  it('starts from the same picture', () => {
    expect(made.pixels.reduce((sum, value) => sum + value, 0)).toBe(formula.sum);
    expect(made.pixels.reduce((sum, value) => sum + value ** 2, 0)).toBe(formula.sumOfSquares);
  });

  const seen = { sizePx: 112, colour: 'RGB', mean: 0, scale: 1 } satisfies AlignedForm;

  /** Mean of absolute differences between bytes [side, side, 3] and what a pixel and channel of the view is. */
  function differenceTo(wanted: Uint8Array, wantedSide: number, at: (x: number, y: number, channel: number) => number) {
    let sum = 0;
    wanted.forEach((value, i) => {
      const x = Math.floor(i / 3) % wantedSide;
      const y = Math.floor(i / 3 / wantedSide);
      sum += Math.abs(value - at(x, y, i % 3));
    });
    return sum / wanted.length;
  }

  it.each(cases.map((one, i) => ({ ...one, number: i + 1 })))('of case $number, $picture', (one) => {
    const [[a, minusB, tx], [b, alsoA, ty]] = one.matrix;
    expect([alsoA, -minusB]).toEqual([a, b]);
    const view = warp(one.picture === 'formula' ? made : pictureOf(one.picture), { a, b, tx, ty }, seen);
    const pixel = (x: number, y: number, channel: number) => view[channel * 112 * 112 + y * 112 + x];

    const blockMean = (x: number, y: number, channel: number) => {
      let sum = 0;
      for (let v = 0; v < 4; v++) for (let u = 0; u < 4; u++) sum += pixel(x * 4 + u, y * 4 + v, channel);
      return sum / 16;
    };
    expect(one.blocks).toHaveLength(28 * 28 * 3);
    expect(differenceTo(one.blocks, 28, blockMean)).toBeLessThan(tolerance.blocksMeanAbsoluteDifference);
    const centre = (x: number, y: number, channel: number) => pixel(x + 44, y + 44, channel);
    expect(one.centre).toHaveLength(24 * 24 * 3);
    expect(differenceTo(one.centre, 24, centre)).toBeLessThan(tolerance.centreMeanAbsoluteDifference);
  });
});

const lengthOf = (values: Float32Array) => Math.sqrt(dot(values, values));

async function embed(aligned: Float32Array): Promise<{ template: Float32Array; norm: number }> {
  const { sizePx, input, output } = manifest.template;
  const raw = await run('embed', input, aligned, [1, 3, sizePx, sizePx], output);
  return { template: unit(raw), norm: lengthOf(raw) };
}

describe('templates', () => {
  const { tolerance, faces, pairs } = recorded(
    'templates',
    z.object({
      tolerance: z.object({ cosine: z.number(), normRelative: z.number(), pair: z.number() }),
      faces: z.array(z.object({ picture: z.string(), norm: z.number(), template: floats })),
      pairs: z.array(z.object({ pictures: z.tuple([z.string(), z.string()]), cosine: z.number() })),
    }),
  );

  const templateOf = (picture: string) => {
    const { colour, mean, scale, sizePx } = manifest.template;
    return embed(planesOf(pictureOf(picture), 0, 0, { width: sizePx, height: sizePx, colour, mean, scale }));
  };

  it.each(faces)('of $picture', async ({ picture, norm, template }) => {
    const found = await templateOf(picture);
    expect(dot(found.template, template)).toBeGreaterThanOrEqual(tolerance.cosine);
    expectRelative(found.norm, norm, tolerance.normRelative);
  });

  it.each(pairs)('of $pictures compared', async ({ pictures: [first, second], cosine }) => {
    const [a, b] = [await templateOf(first), await templateOf(second)];
    expect(Math.abs(dot(a.template, b.template) - cosine)).toBeLessThanOrEqual(tolerance.pair);
  });
});

describe('chain', () => {
  const { tolerance, faces, cosines } = recorded(
    'chain',
    z.object({
      tolerance: z.object({ cosine: z.number(), normRelative: z.number() }),
      faces: z.array(z.object({ picture: z.string(), box: four, norm: z.number(), template: floats })),
      cosines: z.array(z.array(z.number())),
    }),
  );

  const chainOf = async (picture: Picture, box: z.infer<typeof four>) => {
    const { square, points } = await landmarksOf(picture, box);
    return embed(alignFace(picture, fivePointsOf(points, square), manifest.template));
  };

  it.each(faces.map((face, i) => ({ ...face, number: i + 1 })))('of face $number, in $picture', async (face) => {
    const found = await chainOf(pictureOf(face.picture), face.box);
    expect(dot(found.template, face.template)).toBeGreaterThanOrEqual(tolerance.cosine);
    expectRelative(found.norm, face.norm, tolerance.normRelative);
  });

  it('tells the same persons from other ones', async () => {
    // One in 40,000 pairs of strangers is as alike.
    const sure = 0.45;
    const found = await Promise.all(faces.map(({ picture, box }) => chainOf(pictureOf(picture), box)));
    found.forEach((a, i) =>
      found.forEach((b, j) => {
        expect(dot(a.template, b.template) >= sure).toBe(cosines[i][j] >= sure);
      }),
    );
    expect(cosines.flat().filter((cosine) => cosine >= sure)).toHaveLength(faces.length + 2);
  });

  it.each(['scene.png', 'rolled.png'])('through the whole analysis of %s', async (picture) => {
    const deps = { manifest, sessions, lanes: createLanes() };
    const source = { path: path.join(parityDir, picture) };
    const analysed = await analyse(deps, { source, lane: 'ingest', maxPixels: 1e7 });
    if (!analysed.ok) expect.fail(analysed.fault.code);
    const wanted = faces.filter((face) => face.picture === picture);
    expect(analysed.value.faces).toHaveLength(wanted.length);
    for (const { box, template } of wanted) {
      const centreX = (box[0] + box[2]) / 2;
      const face = analysed.value.faces.find((one) => Math.abs(one.box.x + one.box.width / 2 - centreX) < 20);
      // Boxes differ by what a second, coarse look makes of them: the templates by a little more than the stages'.
      expect(face === undefined ? 0 : dot(face.template, template)).toBeGreaterThan(0.95);
      expect(face === undefined ? 0 : lengthOf(face.template)).toBeCloseTo(1, 5);
    }
  });
});
