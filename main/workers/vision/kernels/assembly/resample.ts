// Weights are shares of 1 << 14: of eight bits a sum of products still fits into 32.
const shift: i32 = 14;

/**
 * Another height: each row is a weighted sum of rows.
 *
 * @param from u8 [?, bytesPerRow]; @param to u8 [rows, bytesPerRow]; 16 bytes after either are read or written, and of no account
 * @param firsts i32 [rows], the first row of each sum; @param counts i32 [rows], how many; @param weights i16 [rows, most], most is even
 */
export function resampleDown(
  from: usize,
  bytesPerRow: usize,
  to: usize,
  rows: i32,
  firsts: usize,
  counts: usize,
  weights: usize,
  most: i32,
): void {
  const last = max(bytesPerRow, 16) - 16;
  for (let y = 0; y < rows; y++) {
    const first = from + <usize>load<i32>(firsts + ((<usize>y) << 2)) * bytesPerRow;
    const count = load<i32>(counts + ((<usize>y) << 2));
    const ofRow = weights + <usize>(y * most) * 2;
    const target = to + <usize>y * bytesPerRow;
    for (let x: usize = 0; x < bytesPerRow; x += 16) {
      // The last step goes over a part of the one before once more.
      const at = min(x, last);
      sumDown(first + at, bytesPerRow, count, ofRow, target + at);
    }
  }
}

/** Sixteen neighbours of a row. */
function sumDown(first: usize, bytesPerRow: usize, count: i32, weights: usize, to: usize): void {
  let sum0 = i32x4.splat(1 << (shift - 1));
  let sum1 = sum0;
  let sum2 = sum0;
  let sum3 = sum0;
  let row = first;
  for (let i = 0; i < count; i += 2) {
    const weight = v128.load32_splat(weights + <usize>i * 2);
    const upper = v128.load(row);
    // Where the sum has an odd number of rows the last one counts once: its fellow's weight is 0.
    const lower = v128.load(i + 1 < count ? row + bytesPerRow : row);
    const low = v128.shuffle<u8>(upper, lower, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
    const high = v128.shuffle<u8>(upper, lower, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    sum0 = i32x4.add(sum0, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(low), weight));
    sum1 = i32x4.add(sum1, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(low), weight));
    sum2 = i32x4.add(sum2, i32x4.dot_i16x8_s(i16x8.extend_low_i8x16_u(high), weight));
    sum3 = i32x4.add(sum3, i32x4.dot_i16x8_s(i16x8.extend_high_i8x16_u(high), weight));
    row += 2 * bytesPerRow;
  }
  const lows = i16x8.narrow_i32x4_s(i32x4.shr_s(sum0, shift), i32x4.shr_s(sum1, shift));
  const highs = i16x8.narrow_i32x4_s(i32x4.shr_s(sum2, shift), i32x4.shr_s(sum3, shift));
  v128.store(to, i8x16.narrow_i16x8_u(lows, highs));
}

/**
 * Another width: each pixel is a weighted sum of its row's pixels.
 *
 * @param from u8 [rows, width, 3]; @param to u8 [rows, columns, 3]; 16 bytes after either are read or written, and of no account
 * @param firsts i32 [columns], the first pixel of each sum; @param counts i32 [columns], how many
 * @param weights i16 [columns, most], most is a multiple of 4, and what is past the sum's end is 0
 */
export function resampleAcross(
  from: usize,
  width: i32,
  to: usize,
  columns: i32,
  rows: i32,
  firsts: usize,
  counts: usize,
  weights: usize,
  most: i32,
): void {
  // Two pixels as words, their colours side by side: r r g g b b.
  const one = i8x16(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
  const two = i8x16(6, -1, 9, -1, 7, -1, 10, -1, 8, -1, 11, -1, -1, -1, -1, -1);
  const half = i32x4.splat(1 << (shift - 1));
  let target = to;
  for (let y = 0; y < rows; y++) {
    const row = from + <usize>(y * width) * 3;
    for (let x = 0; x < columns; x++) {
      let pixels = row + <usize>load<i32>(firsts + ((<usize>x) << 2)) * 3;
      let weight = weights + <usize>(x * most) * 2;
      const count = load<i32>(counts + ((<usize>x) << 2));
      let sum = half;
      for (let i = 0; i < count; i += 4) {
        const four = v128.load(pixels);
        const first = i32x4.dot_i16x8_s(i8x16.swizzle(four, one), v128.load32_splat(weight));
        const second = i32x4.dot_i16x8_s(i8x16.swizzle(four, two), v128.load32_splat(weight + 4));
        sum = i32x4.add(sum, i32x4.add(first, second));
        pixels += 12;
        weight += 8;
      }
      const words = i32x4.shr_s(sum, shift);
      const bytes = i8x16.narrow_i16x8_u(i16x8.narrow_i32x4_s(words, words), words);
      // The fourth byte is the next pixel's, which comes after it.
      v128.store32_lane(target, bytes, 0);
      target += 3;
    }
  }
}
