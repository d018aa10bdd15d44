/**
 * A square of a picture, turned and at another size. Each pixel is the mean of a grid of bilinear samples; what lies outside the picture
 * repeats its border.
 *
 * @param from u8 [height, width, 3]; 1 byte after it is read; @param to f32 [3, side, side]: (value - mean) * factor
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
  const means = f32x4.splat(mean);
  const share = f32x4.splat(<f32>(1.0 / <f64>(samples * samples)));
  const factors = f32x4.splat(factor);
  const step = 1.0 / <f64>samples;
  const red: usize = isReversed ? 2 * plane : 0;
  const blue: usize = isReversed ? 0 : 2 * plane;
  let target = to;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      let sum = f32x4.splat(0);
      for (let v = 0; v < samples; v++) {
        const gridY = <f64>y + (<f64>v + 0.5) * step - 0.5;
        for (let u = 0; u < samples; u++) {
          const gridX = <f64>x + (<f64>u + 0.5) * step - 0.5;
          sum = f32x4.add(sum, bilinear(from, width, height, a * gridX - b * gridY + tx, b * gridX + a * gridY + ty));
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

/** Red, green and blue of a place between pixels. */
function bilinear(from: usize, width: i32, height: i32, x: f64, y: f64): v128 {
  const withinX = min(max(x, 0.0), <f64>(width - 1));
  const withinY = min(max(y, 0.0), <f64>(height - 1));
  const left = <i32>withinX;
  const top = <i32>withinY;
  const right = min(left + 1, width - 1);
  const bottom = min(top + 1, height - 1);
  const across = f32x4.splat(<f32>(withinX - <f64>left));
  const down = f32x4.splat(<f32>(withinY - <f64>top));
  const upper = between(pixel(from, top * width + left), pixel(from, top * width + right), across);
  const lower = between(pixel(from, bottom * width + left), pixel(from, bottom * width + right), across);
  return between(upper, lower, down);
}

function between(one: v128, other: v128, share: v128): v128 {
  return f32x4.add(one, f32x4.mul(f32x4.sub(other, one), share));
}

function pixel(from: usize, index: i32): v128 {
  const bytes = v128.load32_zero(from + <usize>index * 3);
  return f32x4.convert_i32x4_u(i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(bytes)));
}
