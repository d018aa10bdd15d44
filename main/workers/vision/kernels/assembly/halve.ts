/**
 * Half of the size: each pixel is the mean of two by two. Of an odd width or height the last column or row is left out.
 *
 * @param from u8 [height, width, 3]; @param to u8 [height / 2, width / 2, 3]; 32 bytes after either are read or written, and of no account
 */
export function halve(from: usize, width: i32, height: i32, to: usize): void {
  const row = <usize>width * 3;
  const halfWidth = width >> 1;
  const halfRow = <usize>halfWidth * 3;
  const two = i16x8.splat(2);
  for (let y = 0; y < height >> 1; y++) {
    const upper = from + <usize>(2 * y) * row;
    const lower = upper + row;
    const target = to + <usize>y * halfRow;
    // Four pixels become two: 12 bytes of either row.
    for (let x = 0; x < halfWidth; x += 2) {
      const at = <usize>x * 6;
      const above = v128.load(upper + at);
      const below = v128.load(lower + at);
      const left = i16x8.add(widened(above, true), widened(below, true));
      const right = i16x8.add(widened(above, false), widened(below, false));
      const mean = i16x8.shr_u(i16x8.add(i16x8.add(left, right), two), 2);
      v128.store64_lane(target + <usize>x * 3, i8x16.narrow_i16x8_u(mean, mean), 0);
    }
  }
}

/** Of four pixels the first and the third, or the second and the fourth, as words: r g b r g b. */
function widened(pixels: v128, isFirst: bool): v128 {
  return isFirst
    ? i8x16.swizzle(pixels, i8x16(0, -1, 1, -1, 2, -1, 6, -1, 7, -1, 8, -1, -1, -1, -1, -1))
    : i8x16.swizzle(pixels, i8x16(3, -1, 4, -1, 5, -1, 9, -1, 10, -1, 11, -1, -1, -1, -1, -1));
}
