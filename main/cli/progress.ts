/** A line that is rewritten in place on a terminal, and nothing where output goes to a file or a pipe. */
export interface Progress {
  update(done: number): void;
  end(): void;
}

const barWidth = 24;
const redrawMs = 100;

/** @param total how many there are in all; @param unit what they are */
export function createProgress(total: number, unit: string): Progress {
  if (!process.stderr.isTTY) return { update: () => undefined, end: () => undefined };
  const startMs = performance.now();
  let drawnMs = -Infinity;
  return {
    update: (done) => {
      const nowMs = performance.now();
      if (nowMs - drawnMs < redrawMs && done < total) return;
      drawnMs = nowMs;
      process.stderr.write(`\r\u001b[K${progressLine(done, total, unit, nowMs - startMs)}`);
    },
    end: () => process.stderr.write('\r\u001b[K'),
  };
}

/** "[####----] 12/48 photos  8.1/s  0:05 left" */
export function progressLine(done: number, total: number, unit: string, elapsedMs: number): string {
  const filled = total === 0 ? barWidth : Math.round((done / total) * barWidth);
  const bar = `[${'#'.repeat(filled)}${'-'.repeat(barWidth - filled)}]`;
  const counts = `${String(done)}/${String(total)} ${unit}`;
  if (done === 0 || elapsedMs <= 0) return `${bar} ${counts}`;
  const rate = (done * 1000) / elapsedMs;
  return `${bar} ${counts}  ${rate.toFixed(1)}/s  ${durationText((total - done) / rate)} left`;
}

/** "0:05", "12:30", "1:02:03" */
function durationText(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(whole / 60);
  const clock = `${two(minutes % 60)}:${two(whole % 60)}`;
  return minutes >= 60 ? `${String(Math.floor(minutes / 60))}:${clock}` : clock.replace(/^0(?=\d:)/, '');
}
