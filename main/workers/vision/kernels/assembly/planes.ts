/**
 * Pixels as a network takes them: (value - mean) * factor, each colour in a plane of its own.
 *
 * @param from u8 [height, width, 3]; 16 bytes after it are read; @param to f32 [3, ?], where the first row begins in the first plane
 * @param rowBytes from one row of a plane to the next; @param planeBytes from one plane to the next
 * @param isReversed whether the planes are blue, green and red
 */
export function layPlanes(
  from: usize,
  width: i32,
  height: i32,
  to: usize,
  rowBytes: usize,
  planeBytes: usize,
  isReversed: bool,
  redMean: f32,
  greenMean: f32,
  blueMean: f32,
  factor: f32,
): void {
  const red = i8x16(0, -1, -1, -1, 3, -1, -1, -1, 6, -1, -1, -1, 9, -1, -1, -1);
  const green = i8x16(1, -1, -1, -1, 4, -1, -1, -1, 7, -1, -1, -1, 10, -1, -1, -1);
  const blue = i8x16(2, -1, -1, -1, 5, -1, -1, -1, 8, -1, -1, -1, 11, -1, -1, -1);
  const redPlane: usize = isReversed ? 2 * planeBytes : 0;
  const bluePlane: usize = isReversed ? 0 : 2 * planeBytes;
  const scale = f32x4.splat(factor);
  const means0 = f32x4.splat(redMean);
  const means1 = f32x4.splat(greenMean);
  const means2 = f32x4.splat(blueMean);
  for (let y = 0; y < height; y++) {
    const row = from + <usize>(y * width) * 3;
    const target = to + <usize>y * rowBytes;
    let x = 0;
    for (; x + 4 <= width; x += 4) {
      const four = v128.load(row + <usize>x * 3);
      const at = target + <usize>x * 4;
      v128.store(at + redPlane, scaled(i8x16.swizzle(four, red), means0, scale));
      v128.store(at + planeBytes, scaled(i8x16.swizzle(four, green), means1, scale));
      v128.store(at + bluePlane, scaled(i8x16.swizzle(four, blue), means2, scale));
    }
    for (; x < width; x++) {
      const one = v128.load(row + <usize>x * 3);
      const at = target + <usize>x * 4;
      v128.store32_lane(at + redPlane, scaled(i8x16.swizzle(one, red), means0, scale), 0);
      v128.store32_lane(at + planeBytes, scaled(i8x16.swizzle(one, green), means1, scale), 0);
      v128.store32_lane(at + bluePlane, scaled(i8x16.swizzle(one, blue), means2, scale), 0);
    }
  }
}

function scaled(values: v128, mean: v128, factor: v128): v128 {
  return f32x4.mul(f32x4.sub(f32x4.convert_i32x4_u(values), mean), factor);
}
