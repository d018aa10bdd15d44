/** x1, y1, x2, y2 in pixels of the upright photo. */
export type Corners = readonly [number, number, number, number];

export interface DetectionFigures {
  found: number;
  missed: number;
  falseFaces: number;
}

/** Counts the labelled faces that were found (IoU >= .4 if not given, each detection for one label only, best pairs first) and the detections left over. */
export function countDetections(
  labelled: readonly Corners[],
  detected: readonly Corners[],
  leastIou = 0.4,
): DetectionFigures {
  const pairs = labelled
    .flatMap((label, i) => detected.map((detection, j) => ({ i, j, iou: iouOf(label, detection) })))
    .filter(({ iou }) => iou >= leastIou)
    .sort((a, b) => b.iou - a.iou);
  const labels = new Set<number>();
  const detections = new Set<number>();
  for (const { i, j } of pairs) {
    if (labels.has(i) || detections.has(j)) continue;
    labels.add(i);
    detections.add(j);
  }
  return {
    found: labels.size,
    missed: labelled.length - labels.size,
    falseFaces: detected.length - detections.size,
  };
}

function iouOf(a: Corners, b: Corners): number {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  const areaOf = ([x1, y1, x2, y2]: Corners) => (x2 - x1) * (y2 - y1);
  return shared / (areaOf(a) + areaOf(b) - shared);
}
