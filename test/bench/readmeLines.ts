/** A line of the table in README.md. */
export interface Line {
  bench: string;
  /** What is measured, in words. */
  what: string;
  /** The figures by name, and what each is called in the line. */
  figures: Readonly<Record<string, string>>;
}

export const lines: readonly Line[] = [
  {
    bench: 'shutter',
    what: 'in the app: from the last frame’s capture to the painted photos, 1,000 photos indexed, 223 of them the guest’s',
    figures: { idleMedianMs: 'median', idleMaxMs: 'max' },
  },
  {
    bench: 'shutter',
    what: 'the same while 24-megapixel photos are being indexed',
    figures: { ingestMedianMs: 'median', ingestMaxMs: 'max' },
  },
  {
    bench: 'shutter',
    what: 'the live picture, and checks of how the guest stands, meanwhile',
    figures: { ingestCameraFramesPerS: '', ingestGuideChecksPerS: '' },
  },
  {
    bench: 'shutter',
    what: 'main’s event loop, p99',
    figures: { idleLoopP99Ms: 'idle', ingestLoopP99Ms: 'while photos are being indexed' },
  },
  { bench: 'shutter', what: 'cold start until the window is seen', figures: { coldStartMedianMs: 'median' } },
  {
    bench: 'shutter-cloud',
    what: 'from the last frame’s capture to the painted photos while the event is brought to a bucket, whose server runs on the same machine',
    figures: { idleMedianMs: 'median', idleMaxMs: 'max' },
  },
  {
    bench: 'shutter-cloud',
    what: 'the same while 24-megapixel photos are being indexed, too',
    figures: { ingestMedianMs: 'median', ingestMaxMs: 'max' },
  },
  {
    bench: 'sync',
    what: 'photos of 8 MB and their two sizes into a bucket: one core’s time at 1,000 photos an hour, with nothing to bring, without a network',
    figures: { corePercentAt1000PerHour: 'at 1,000', idleCorePercent: 'idle', unreachableCorePercent: 'no network' },
  },
  {
    bench: 'selfie',
    what: 'a selfie’s bytes to the decision, 1,000 photos indexed',
    figures: { idleMedianMs: 'median', idleP95Ms: 'p95' },
  },
  {
    bench: 'selfie',
    what: 'the same while 24-megapixel photos are being indexed',
    figures: { ingestMedianMs: 'median', ingestP95Ms: 'p95' },
  },
  {
    bench: 'crowd',
    what: 'thirty selfies at the same moment while 24-megapixel photos are being indexed',
    figures: { medianMs: 'median', p95Ms: 'p95', failures: 'unanswered' },
  },
  {
    bench: 'booth',
    what: 'thirty phones over HTTP, five more a second, beside the kiosk and photos that come in: a selfie’s upload to the gallery',
    figures: { selfieToResultP50Ms: 'median', selfieToResultP95Ms: 'p95', failures: 'failures' },
  },
  { bench: 'booth', what: 'their registration', figures: { registerP50Ms: 'median', registerP95Ms: 'p95' } },
  {
    bench: 'print',
    what: 'from the tap on “print” until CUPS has let the sheet go, which is still to be drawn: 4 × 6 inches, 300 dpi, of a 24-megapixel photo',
    figures: { tapToSpooledMedianMs: 'median', tapToSpooledP95Ms: 'p95' },
  },
  {
    bench: 'detect',
    what: 'faces of 40 to 240 px in groups on 24-megapixel photos',
    figures: { recall: 'recall', falseFacesIn50: 'false finds in 50 photos' },
  },
  {
    bench: 'search',
    what: 'a probe among 10,000 faces, second pass included',
    figures: { medianAt10kMs: 'median', p95At10kMs: 'p95' },
  },
  { bench: 'search', what: 'among 100,000', figures: { medianAt100kMs: 'median', p95At100kMs: 'p95' } },
  {
    bench: 'search',
    what: 'among 1,000,000',
    figures: { medianAt1MMs: 'median', p95At1MMs: 'p95', rssAt1MMB: 'resident memory' },
  },
  {
    bench: 'latency',
    what: 'a 24-megapixel photo complete in the watched folder to found by a guest in it, one a second',
    figures: { medianMs: 'median', p95Ms: 'p95', maxMs: 'max' },
  },
  {
    bench: 'memory',
    what: 'resident memory from after the warm-up to the end of 2,000 photos of 4 megapixels',
    figures: { coreGrowth: 'core', workerGrowth: 'a worker', indexGrowth: 'the index' },
  },
  {
    bench: 'ingest',
    what: '24-megapixel photos of 7 MB, five faces each, derivatives included',
    figures: { photosPerS: '', facesPerS: '', recall: 'recall' },
  },
  {
    bench: 'ingest',
    what: 'share of what decoding and networks alone would do',
    figures: { shareOfBareLoop: '' },
  },
  {
    bench: 'ingest',
    what: 'beside the peer that finds most faces',
    figures: { timesClosestPeer: '', recallAbovePeers: 'recall above by' },
  },
  {
    bench: 'ingest',
    what: 'beside the quickest peer that finds at least half as many faces',
    figures: { timesBestPeer: '' },
  },
];
