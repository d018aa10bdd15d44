import type { FastifyReply } from 'fastify';

/** Server-sent events (WHATWG HTML, 9.2) to one phone, until either side ends them. */
export interface EventStream {
  send(name: string, data: unknown): void;
  end(): void;
}

// Some networks part what has been silent for half a minute.
const heartbeatMs = 15_000;

/** @param onEnd once, whoever ended it */
export function openEventStream(reply: FastifyReply, onEnd: () => void): EventStream {
  const headers = reply.getHeaders();
  reply.hijack();
  const { raw } = reply;
  raw.writeHead(200, {
    ...Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== undefined)),
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
  });
  raw.write('retry: 2000\n\n');
  let isEnded = false;
  // What is written behind the end of a stream is an error that nobody would hear, and the end of the booth.
  const write = (text: string) => {
    if (!isEnded && !raw.destroyed) raw.write(text);
  };
  const heart = setInterval(() => write(':\n\n'), heartbeatMs);
  // Of an answer that waits behind another on its socket only the socket tells that the phone has gone.
  const { socket } = reply.request.raw;
  let isOver = false;
  const over = () => {
    if (isOver) return;
    isOver = true;
    raw.off('close', over);
    socket.off('close', over);
    clearInterval(heart);
    onEnd();
  };
  raw.once('close', over);
  socket.once('close', over);
  // It may have gone while its gallery was searched; nothing tells of that again.
  if (raw.destroyed || socket.destroyed) queueMicrotask(over);
  return {
    send: (name, data) => write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
    end: () => {
      isEnded = true;
      raw.end();
    },
  };
}
