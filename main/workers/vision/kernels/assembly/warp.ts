// Places are whole numbers of this share of a pixel, weights of a row whole numbers of the other.
const placeBits: i32 = 16;
const weightBits: i32 = 14;

/**
 * A square of a picture, turned and at another size. Each pixel is the mean of a grid of bilinear samples; what lies outside the picture
 * repeats its border.
 *
 * @param from u8 [height, width, 3], neither side over 32,767; 8 bytes after it are read; @param to f32 [3, side, side]: (value - mean) * factor
 * @param isReversed whether the planes are blue, green and red
 * @param a, b, tx, ty x' = a x - b y + tx, y' = b x + a y + ty: from pixels of the result to pixels of the picture
 * @param samples to a side of the grid
 */
export function warp(
  from: usize,
  width: i32,
  height: i32,
  to: usize,
  side: i32,
  isReversed: bool,
  a: f64,
  b: f64,
  tx: f64,
  ty: f64,
  samples: i32,
  mean: f32,
  factor: f32,
): void {
  const plane = (<usize>(side * side)) << 2;
  const red: usize = isReversed ? 2 * plane : 0;
  const blue: usize = isReversed ? 0 : 2 * plane;
  const means = f32x4.splat(mean);
  const share = f32x4.splat(<f32>(1.0 / <f64>(samples * samples) / <f64>(1 << weightBits)));
  const factors = f32x4.splat(factor);
  const rowBytes = <usize>width * 3;
  // Of a picture one pixel high the row below is the row itself, and counts for nothing.
  const toLower: usize = height > 1 ? rowBytes : 0;
  const lastLeft = max(0, width - 2);
  const lastTop = max(0, height - 2);
  const right = <f64>(width - 1);
  const bottom = <f64>(height - 1);
  const step = 1.0 / <f64>samples;
  const first = 0.5 * step - 0.5;
  const one = <f64>(1 << placeBits);
  // Two pixels as words, their colours side by side: r r g g b b.
  const pairs = i8x16(0, -1, 3, -1, 1, -1, 4, -1, 2, -1, 5, -1, -1, -1, -1, -1);
  let target = to;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = f32x4.splat(0);
      for (let v = 0; v < samples; v++) {
        const gridY = <f64>y + first + <f64>v * step;
        for (let u = 0; u < samples; u++) {
          const gridX = <f64>x + first + <f64>u * step;
          const placeX = <i32>(min(max(a * gridX - b * gridY + tx, 0.0), right) * one);
          const placeY = <i32>(min(max(b * gridX + a * gridY + ty, 0.0), bottom) * one);
          const left = min(placeX >> placeBits, lastLeft);
          const top = min(placeY >> placeBits, lastTop);
          const across = (placeX - (left << placeBits)) >> (placeBits - weightBits);
          const down = <f32>(placeY - (top << placeBits)) * <f32>(1.0 / <f64>(1 << placeBits));
          const upper = from + <usize>top * rowBytes + <usize>left * 3;
          const weights = i32x4.splat(((1 << weightBits) - across) | (across << 16));
          const above = i32x4.dot_i16x8_s(i8x16.swizzle(v128.load64_zero(upper), pairs), weights);
          const below = i32x4.dot_i16x8_s(i8x16.swizzle(v128.load64_zero(upper + toLower), pairs), weights);
          sum = f32x4.add(sum, f32x4.mul(f32x4.convert_i32x4_s(above), f32x4.splat(<f32>1.0 - down)));
          sum = f32x4.add(sum, f32x4.mul(f32x4.convert_i32x4_s(below), f32x4.splat(down)));
        }
      }
      const value = f32x4.mul(f32x4.sub(f32x4.mul(sum, share), means), factors);
      v128.store32_lane(target + red, value, 0);
      v128.store32_lane(target + plane, value, 1);
      v128.store32_lane(target + blue, value, 2);
      target += 4;
    }
  }
}
