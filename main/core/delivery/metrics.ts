import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Figures for whoever watches the booth, in Prometheus' form. None of them says who a guest is. */
export interface Metrics {
  request(of: { method: string; route: string; status: number }, seconds: number): void;
  selfie(outcome: string, times: { queueMs: number; matchMs: number }): void;
  text(): Promise<string>;
  readonly contentType: string;
}

const secondsBuckets = [0.005, 0.02, 0.05, 0.1, 0.3, 1, 3, 10];

export function createMetrics(now: { waiting: () => number; streams: () => number; poolSize: number }): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  const requests = new Histogram({
    name: 'findme_request_seconds',
    help: 'How long requests took',
    labelNames: ['method', 'route', 'status'],
    buckets: secondsBuckets,
    registers,
  });
  const queued = new Histogram({
    name: 'findme_selfie_queue_seconds',
    help: 'How long selfies waited',
    buckets: secondsBuckets,
    registers,
  });
  const matched = new Histogram({
    name: 'findme_selfie_match_seconds',
    help: 'How long selfies were looked at and searched for',
    buckets: secondsBuckets,
    registers,
  });
  const selfies = new Counter({
    name: 'findme_selfies_total',
    help: 'What became of selfies',
    labelNames: ['outcome'],
    registers,
  });
  for (const [name, help, value] of [
    ['findme_selfies_waiting', 'Selfies in the queue', now.waiting],
    ['findme_streams_open', 'Phones that are told of changes', now.streams],
    ['findme_pool_size', 'Workers that look at pictures', () => now.poolSize],
  ] as const) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  }
  return {
    request: ({ method, route, status }, seconds) => requests.observe({ method, route, status }, seconds),
    selfie: (outcome, { queueMs, matchMs }) => {
      selfies.inc({ outcome });
      queued.observe(queueMs / 1000);
      matched.observe(matchMs / 1000);
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
