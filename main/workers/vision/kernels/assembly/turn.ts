/**
 * The pixels in another order: those of a picture that lies, row by row of the upright one.
 *
 * @param from u8 [?, 3]; 1 byte after it is read; @param to u8 [height, width, 3]; 1 byte after it is written, and of no account
 * @param first the upright picture's first pixel; @param across how far it is to the next on its right, @param down and below, all in pixels
 */
export function turnQuarters(
  from: usize,
  to: usize,
  width: i32,
  height: i32,
  first: i32,
  across: i32,
  down: i32,
): void {
  // What lies below each other in one picture lies side by side in the other: in small squares both stay in the cache.
  const side = 64;
  for (let top = 0; top < height; top += side) {
    for (let left = 0; left < width; left += side) {
      const bottom = min(top + side, height);
      const right = min(left + side, width);
      for (let y = top; y < bottom; y++) {
        let source = from + <usize>(first + y * down + left * across) * 3;
        let target = to + <usize>(y * width + left) * 3;
        for (let x = left; x < right; x++) {
          store<u16>(target, load<u16>(source));
          store<u8>(target + 2, load<u8>(source + 2));
          source += across * 3;
          target += 3;
        }
      }
    }
  }
}
