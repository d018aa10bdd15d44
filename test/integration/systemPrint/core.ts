// In the place of core: does with a spooler what the test says, and tells it on standard output. An entry, built for the tests.
import { pino } from 'pino';
import { createHostSpooler } from '../../../main/core/printing/spoolers/hostSpooler.ts';
import { createHostPrinters, hostLine } from '../../../main/processes/index.ts';
import { orderSchema, type Order } from './orders.ts';

const line = hostLine();
if (line === undefined) throw new Error('this runs as a utility process only');
const spooler = createHostSpooler({ printers: createHostPrinters(line), log: pino({ level: 'silent' }) });

async function answerTo(order: Order): Promise<unknown> {
  switch (order.verb) {
    case 'printers':
      return spooler.printers();
    case 'submit':
      return spooler.submit(order.printer, order.document);
    case 'release':
    case 'job':
    case 'cancel':
      return spooler[order.verb](order.job);
    case 'windows':
      return order.windows;
  }
}

line.on('message', ({ data }) => {
  const order = orderSchema.safeParse(data);
  if (!order.success) return;
  void answerTo(order.data).then((answer) => {
    process.stdout.write(`${JSON.stringify({ number: order.data.number, answer })}\n`);
  });
});
