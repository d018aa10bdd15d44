// Each family's decoder gives back the faces that an encoder of the test's own, the published formulae the other way round, has put into the outputs.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectorSchema, type DetectorRecipe } from '../../main/packs/index.ts';
import { arcfacePoints, similarityBetween } from '../../main/workers/vision/align.ts';
import { decoderFor, type Detection } from '../../main/workers/vision/detectors/index.ts';

const size = { width: 320, height: 192 };

const recipeOf = (family: object): DetectorRecipe =>
  detectorSchema.parse({
    layout: 'NCHW',
    colour: 'RGB',
    mean: 0,
    scale: 1,
    sideMultiple: 32,
    longSidePx: 640,
    scoreThreshold: 0.5,
    doubtThreshold: 0.3,
    againThreshold: 0.4,
    nmsIou: 0.4,
    nmsContainment: 0.75,
    ...family,
  });

interface Wanted {
  /** Which candidate of the network has it. */
  slot: number;
  x: number;
  y: number;
  width: number;
  height: number;
  score: number;
  points: number[];
}

/** Faces in slots of their own, anywhere in the picture. */
const facesIn = (slots: number) =>
  fc.uniqueArray(
    fc.record({
      slot: fc.integer({ min: 0, max: slots - 1 }),
      x: fc.double({ min: 0, max: size.width, noNaN: true }),
      y: fc.double({ min: 0, max: size.height, noNaN: true }),
      width: fc.double({ min: 6, max: 200, noNaN: true }),
      height: fc.double({ min: 6, max: 200, noNaN: true }),
      score: fc.double({ min: 0.51, max: 0.99, noNaN: true }),
      points: fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 10, maxLength: 10 }),
    }),
    { selector: ({ slot }) => slot, maxLength: 8 },
  );

/** A place that candidates start from: the stride of its map, its column and row there, the side of its prior where there is one. */
interface Cell {
  stride: number;
  column: number;
  row: number;
  priorPx: number;
}

/** All candidates in the order of the outputs: map by map, row by row, column by column, one for each prior. */
const cellsOf = (maps: readonly { stride: number; priorsPx: readonly number[] }[]): Cell[] =>
  maps.flatMap(({ stride, priorsPx }) =>
    Array.from({ length: Math.ceil(size.height / stride) }, (_, row) =>
      Array.from({ length: Math.ceil(size.width / stride) }, (__, column) =>
        priorsPx.map((priorPx) => ({ stride, column, row, priorPx })),
      ),
    ).flat(2),
  );

/** Rows of values, nothing but zeros at first. */
class Tensor {
  readonly values: Float32Array;
  readonly #width: number;
  constructor(rows: number, width: number) {
    this.values = new Float32Array(rows * width);
    this.#width = width;
  }
  put(row: number, values: readonly number[]): void {
    this.values.set(values, row * this.#width);
  }
}

function expectFaces(found: readonly Detection[], wanted: readonly Wanted[], hasPoints = true): void {
  const inOrder = wanted.toSorted((a, b) => a.slot - b.slot);
  expect(found).toHaveLength(inOrder.length);
  inOrder.forEach(({ x, y, width, height, score, points }, i) => {
    const face = found[i];
    expect(face.x1).toBeCloseTo(x - width / 2, 2);
    expect(face.y1).toBeCloseTo(y - height / 2, 2);
    expect(face.x2).toBeCloseTo(x + width / 2, 2);
    expect(face.y2).toBeCloseTo(y + height / 2, 2);
    expect(face.score).toBeCloseTo(score, 4);
    if (!hasPoints) return;
    points.forEach((value, k) => expect(face.points?.[k]).toBeCloseTo(value, 2));
  });
}

const decode = (recipe: DetectorRecipe, outputs: Record<string, Tensor>) =>
  decoderFor(recipe)((name) => (outputs[name] ?? expect.fail(`no output ${name}`)).values, size);

/** Outputs that are apart for each map: the slot as counted within its own. */
function perMap(cells: readonly Cell[], strides: readonly number[]) {
  const first = strides.map((stride) => cells.findIndex((cell) => cell.stride === stride));
  const count = strides.map((stride) => cells.filter((cell) => cell.stride === stride).length);
  return {
    tensors: (name: string, width: number) =>
      Object.fromEntries(strides.map((stride, i) => [`${name}_${String(stride)}`, new Tensor(count[i], width)])),
    within: (slot: number) => slot - first[strides.indexOf(cells[slot].stride)],
  };
}

describe('scrfd', () => {
  const strides = [8, 16, 32];
  const recipe = recipeOf({
    family: 'scrfd',
    anchorsPerCell: 2,
    levels: strides.map((stride) => ({
      stride,
      scores: `score_${String(stride)}`,
      boxes: `box_${String(stride)}`,
      points: `point_${String(stride)}`,
    })),
  });
  const cells = cellsOf(strides.map((stride) => ({ stride, priorsPx: [0, 0] })));
  const map = perMap(cells, strides);

  const encode = (faces: readonly Wanted[]) => {
    const outputs = { ...map.tensors('score', 1), ...map.tensors('box', 4), ...map.tensors('point', 10) };
    for (const { slot, x, y, width, height, score, points } of faces) {
      const { stride, column, row } = cells[slot];
      const name = String(stride);
      const [anchorX, anchorY] = [column * stride, row * stride];
      outputs[`score_${name}`].put(map.within(slot), [score]);
      outputs[`box_${name}`].put(
        map.within(slot),
        [anchorX - x + width / 2, anchorY - y + height / 2, x + width / 2 - anchorX, y + height / 2 - anchorY].map(
          (px) => px / stride,
        ),
      );
      outputs[`point_${name}`].put(
        map.within(slot),
        points.map((value, k) => (value - (k % 2 === 0 ? anchorX : anchorY)) / stride),
      );
    }
    return outputs;
  };

  it('gives back the faces that were encoded', () => {
    fc.assert(fc.property(facesIn(cells.length), (faces) => expectFaces(decode(recipe, encode(faces)), faces)));
  });

  it('does without points where the network finds none', () => {
    const pointless = recipeOf({
      ...recipe,
      levels: strides.map((stride) => ({ stride, scores: `score_${String(stride)}`, boxes: `box_${String(stride)}` })),
    });
    const [face] = fc.sample(facesIn(cells.length), 20).find((faces) => faces.length > 0) ?? expect.fail('no face');
    const found = decode(pointless, encode([face]));
    expectFaces(found, [face], false);
    expect(found[0].points).toBeUndefined();
  });
});

describe('yunet', () => {
  const strides = [8, 16, 32];
  const recipe = recipeOf({
    family: 'yunet',
    levels: strides.map((stride) => ({
      stride,
      classes: `cls_${String(stride)}`,
      objects: `obj_${String(stride)}`,
      boxes: `bbox_${String(stride)}`,
      points: `kps_${String(stride)}`,
    })),
  });
  const cells = cellsOf(strides.map((stride) => ({ stride, priorsPx: [0] })));
  const map = perMap(cells, strides);

  const encode = (faces: readonly Wanted[], objectOf = (score: number) => score) => {
    const outputs = {
      ...map.tensors('cls', 1),
      ...map.tensors('obj', 1),
      ...map.tensors('bbox', 4),
      ...map.tensors('kps', 10),
    };
    for (const { slot, x, y, width, height, score, points } of faces) {
      const { stride, column, row } = cells[slot];
      const name = String(stride);
      const at = map.within(slot);
      outputs[`cls_${name}`].put(at, [score ** 2 / objectOf(score)]);
      outputs[`obj_${name}`].put(at, [objectOf(score)]);
      const box = [x / stride - column, y / stride - row, Math.log(width / stride), Math.log(height / stride)];
      outputs[`bbox_${name}`].put(at, box);
      const offsets = points.map((value, k) => value / stride - (k % 2 === 0 ? column : row));
      outputs[`kps_${name}`].put(at, offsets);
    }
    return outputs;
  };

  it('gives back the faces that were encoded', () => {
    fc.assert(fc.property(facesIn(cells.length), (faces) => expectFaces(decode(recipe, encode(faces)), faces)));
  });

  it('takes the geometric mean of both scores, neither of which counts for more than 1', () => {
    const face = { slot: 7, x: 50, y: 60, width: 40, height: 50, score: 0.9, points: Array<number>(10).fill(5) };
    expect(
      decode(
        recipe,
        encode([face], () => 0.95),
      )[0].score,
    ).toBeCloseTo(0.9, 5);
    const [found] = decode(
      recipe,
      encode([{ ...face, score: 1 }], () => 0.5),
    );
    expect(found.score).toBeCloseTo(Math.sqrt(0.5), 5);
  });
});

describe('retinaface', () => {
  const maps = [
    { stride: 8, priorsPx: [16, 32] },
    { stride: 16, priorsPx: [64, 128] },
    { stride: 32, priorsPx: [256, 512] },
  ];
  const recipe = recipeOf({
    family: 'retinaface',
    outputs: { scores: 'conf', boxes: 'loc', points: 'landms' },
    strides: maps.map(({ stride }) => stride),
    minSizes: maps.map(({ priorsPx }) => priorsPx),
    centreVariance: 0.1,
    sizeVariance: 0.2,
  });
  const cells = cellsOf(maps);

  it('gives back the faces that were encoded', () => {
    fc.assert(
      fc.property(facesIn(cells.length), (faces) => {
        const outputs = {
          conf: new Tensor(cells.length, 2),
          loc: new Tensor(cells.length, 4),
          landms: new Tensor(cells.length, 10),
        };
        for (const { slot, x, y, width, height, score, points } of faces) {
          const { stride, column, row, priorPx } = cells[slot];
          const [priorX, priorY] = [(column + 0.5) * stride, (row + 0.5) * stride];
          outputs.conf.put(slot, [1 - score, score]);
          outputs.loc.put(slot, [
            (x - priorX) / priorPx / 0.1,
            (y - priorY) / priorPx / 0.1,
            Math.log(width / priorPx) / 0.2,
            Math.log(height / priorPx) / 0.2,
          ]);
          const offsets = points.map((value, k) => (value - (k % 2 === 0 ? priorX : priorY)) / priorPx / 0.1);
          outputs.landms.put(slot, offsets);
        }
        expectFaces(decode(recipe, outputs), faces);
      }),
    );
  });
});

describe('blazeface', () => {
  const maps = [
    { stride: 16, priorsPx: [0, 0] },
    { stride: 32, priorsPx: [0, 0, 0, 0, 0, 0] },
  ];
  const cells = cellsOf(maps);
  const recipe = recipeOf({
    family: 'blazeface',
    outputs: { scores: ['scores'], boxes: ['boxes'] },
    levels: maps.map(({ stride, priorsPx }) => ({ stride, anchorsPerCell: priorsPx.length })),
  });

  const encode = (faces: readonly Wanted[]) => {
    const outputs = { scores: new Tensor(cells.length, 1), boxes: new Tensor(cells.length, 16) };
    // A logit of 0 is a score of a half.
    outputs.scores.values.fill(-100);
    for (const { slot, x, y, width, height, score, points } of faces) {
      const { stride, column, row } = cells[slot];
      const middle = [(column + 0.5) * stride, (row + 0.5) * stride];
      outputs.scores.put(slot, [Math.log(score / (1 - score))]);
      // The mouth's middle stands for its corners; then the ears.
      const six = [...points.slice(0, 6), (points[6] + points[8]) / 2, (points[7] + points[9]) / 2, 1, 2, 3, 4];
      const offsets = six.map((value, k) => value - middle[k % 2]);
      outputs.boxes.put(slot, [x - middle[0], y - middle[1], width, height, ...offsets]);
    }
    return outputs;
  };

  it('gives back the boxes that were encoded', () => {
    fc.assert(fc.property(facesIn(cells.length), (faces) => expectFaces(decode(recipe, encode(faces)), faces, false)));
  });

  it('finds the corners of a mouth that it knows the middle of', () => {
    const side = fc.double({ min: 0.2, max: 3, noNaN: true });
    const turn = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(side, turn, (scale, angle) => {
        const points: number[] = [];
        for (let i = 0; i < 10; i += 2) {
          const [x, y] = [arcfacePoints[i] * scale, arcfacePoints[i + 1] * scale];
          points.push(x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle));
        }
        const face = { slot: 3, x: 60, y: 60, width: 50, height: 50, score: 0.9, points };
        const [found] = decode(recipe, encode([face]));
        // As the face is aligned by them, it lies where it should to half a pixel of 112.
        const { a, b, tx, ty } = similarityBetween(found.points ?? [], arcfacePoints);
        expect(Math.hypot(a, b) * scale).toBeCloseTo(1, 1);
        for (let i = 0; i < 10; i += 2) {
          expect(Math.abs(a * points[i] - b * points[i + 1] + tx - arcfacePoints[i])).toBeLessThan(0.5);
          expect(Math.abs(b * points[i] + a * points[i + 1] + ty - arcfacePoints[i + 1])).toBeLessThan(0.5);
        }
      }),
    );
  });

  it('reads outputs that are apart for each map', () => {
    const [face] = fc.sample(facesIn(cells.length), 20).find((faces) => faces.length > 0) ?? expect.fail('no face');
    const { scores, boxes } = encode([face]);
    const first = cells.filter(({ stride }) => stride === 16).length;
    const apart = recipeOf({ ...recipe, outputs: { scores: ['s1', 's2'], boxes: ['b1', 'b2'] } });
    const parts: Record<string, Float32Array> = {
      s1: scores.values.slice(0, first),
      s2: scores.values.slice(first),
      b1: boxes.values.slice(0, first * 16),
      b2: boxes.values.slice(first * 16),
    };
    expect(decoderFor(apart)((name) => parts[name], size)).toEqual(decode(recipe, { scores, boxes }));
  });
});

it('each leaves out what scores below the threshold', () => {
  const nothing = new Float32Array(100_000);
  const levels = [{ stride: 8, scores: 'a', classes: 'a', objects: 'a', boxes: 'a', points: 'a', anchorsPerCell: 1 }];
  const blank = { levels, anchorsPerCell: 2, strides: [8], minSizes: [[16]], centreVariance: 0.1, sizeVariance: 0.2 };
  const named = { scores: 'a', boxes: 'a', points: 'a' };
  for (const family of ['scrfd', 'yunet', 'retinaface']) {
    expect(decoderFor(recipeOf({ ...blank, family, outputs: named }))(() => nothing, size)).toEqual([]);
  }
  const blaze = { ...blank, family: 'blazeface', outputs: { scores: ['a'], boxes: ['b'] }, scoreThreshold: 0.51 };
  expect(decoderFor(recipeOf(blaze))(() => nothing, size)).toEqual([]);
});
