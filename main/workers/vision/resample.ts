import type { Picture } from './picture.ts';

// Pictures are resampled, never cut and copied first: a network's input is filled straight from the decoded pixels. The filter is the
// triangle whose support grows with the shrinking (bilinear when enlarging, antialiased when shrinking), in two passes: along the rows, then down the columns.

/** Where an input lies in a picture: its top left corner, and how many picture pixels lie under one input pixel. */
export interface Window {
  x: number;
  y: number;
  step: number;
}

/** How a network wants its pixels: (value - mean) / scale, planes in the order of `colour`. */
export interface InputForm {
  width: number;
  height: number;
  colour: 'RGB' | 'BGR' | 'gray';
  mean: number;
  scale: number;
}

/** For each output position from `begin` to `end`, which inputs count and how much. Outside, there is no picture. */
interface Filter {
  begin: number;
  end: number;
  taps: number;
  first: Int32Array;
  count: Int32Array;
  weights: Float32Array;
}

function filterOf(origin: number, step: number, outputs: number, inputs: number): Filter {
  const support = Math.max(1, step);
  const taps = Math.ceil(support * 2) + 1;
  const first = new Int32Array(outputs);
  const count = new Int32Array(outputs);
  const weights = new Float32Array(outputs * taps);
  let begin = outputs;
  let end = 0;
  for (let i = 0; i < outputs; i++) {
    const centre = origin + (i + 0.5) * step;
    if (centre < 0 || centre >= inputs) continue;
    begin = Math.min(begin, i);
    end = i + 1;
    const low = Math.max(0, Math.ceil(centre - support - 0.5));
    const high = Math.min(inputs - 1, Math.floor(centre + support - 0.5));
    first[i] = low;
    count[i] = high - low + 1;
    let sum = 0;
    for (let j = low; j <= high; j++) {
      const weight = Math.max(0, 1 - Math.abs(j + 0.5 - centre) / support);
      weights[i * taps + j - low] = weight;
      sum += weight;
    }
    for (let j = 0; j < count[i]; j++) weights[i * taps + j] /= sum;
  }
  return { begin, end, taps, first, count, weights };
}

/**
 * Fills a network's input from a window of a picture. What lies outside the picture becomes 0, the network's own middle grey.
 *
 * @returns Float32Array, NCHW [1, 3, height, width], or [1, 1, height, width] for gray (BT.601)
 */
export function resample(picture: Picture, window: Window, form: InputForm): Float32Array {
  const across = filterOf(window.x, window.step, form.width, picture.width);
  const down = filterOf(window.y, window.step, form.height, picture.height);
  const input = new Float32Array(form.width * form.height * (form.colour === 'gray' ? 1 : 3));
  if (across.begin >= across.end || down.begin >= down.end) return input;

  const firstRow = down.first[down.begin];
  const lastRow = down.first[down.end - 1] + down.count[down.end - 1];
  const narrowed = narrow(picture, across, firstRow, lastRow);

  const rowLength = (across.end - across.begin) * 3;
  const row = new Float32Array(rowLength);
  for (let y = down.begin; y < down.end; y++) {
    row.fill(0);
    for (let tap = 0; tap < down.count[y]; tap++) {
      const weight = down.weights[y * down.taps + tap];
      const from = (down.first[y] + tap - firstRow) * rowLength;
      for (let i = 0; i < rowLength; i++) row[i] += weight * narrowed[from + i];
    }
    writeRow(row, input, y * form.width + across.begin, form);
  }
  return input;
}

/** The pass along the rows: Float32Array [lastRow - firstRow, columns of the filter, 3]. */
function narrow(picture: Picture, across: Filter, firstRow: number, lastRow: number): Float32Array {
  const { pixels } = picture;
  const narrowed = new Float32Array((lastRow - firstRow) * (across.end - across.begin) * 3);
  let at = 0;
  for (let y = firstRow; y < lastRow; y++) {
    const rowStart = y * picture.width;
    for (let x = across.begin; x < across.end; x++) {
      let from = (rowStart + across.first[x]) * 3;
      const weightAt = x * across.taps;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let tap = 0; tap < across.count[x]; tap++, from += 3) {
        const weight = across.weights[weightAt + tap];
        red += weight * pixels[from];
        green += weight * pixels[from + 1];
        blue += weight * pixels[from + 2];
      }
      narrowed[at] = red;
      narrowed[at + 1] = green;
      narrowed[at + 2] = blue;
      at += 3;
    }
  }
  return narrowed;
}

function writeRow(row: Float32Array, input: Float32Array, at: number, form: InputForm): void {
  const { colour, mean, scale } = form;
  const plane = form.width * form.height;
  const columns = row.length / 3;
  if (colour === 'gray') {
    for (let x = 0; x < columns; x++) {
      const gray = 0.299 * row[x * 3] + 0.587 * row[x * 3 + 1] + 0.114 * row[x * 3 + 2];
      input[at + x] = (gray - mean) / scale;
    }
    return;
  }
  for (let channel = 0; channel < 3; channel++) {
    const to = at + plane * (colour === 'RGB' ? channel : 2 - channel);
    for (let x = 0; x < columns; x++) input[to + x] = (row[x * 3 + channel] - mean) / scale;
  }
}
