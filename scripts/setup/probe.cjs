/**
 * Loads one native module and uses it: run under the runtime, a process for each, because what does not fit may crash rather than throw.
 */
'use strict';

/** @type {Record<string, () => unknown>} */
const uses = {
  'better-sqlite3'() {
    const Database = require('better-sqlite3');
    return new Database(':memory:').prepare('select sqlite_version()').pluck().get();
  },
  'onnxruntime-node'() {
    const { Tensor } = require('onnxruntime-node');
    return new Tensor('float32', new Float32Array(1), [1]).size;
  },
  usearch() {
    const { Index, MetricKind } = require('usearch');
    const index = new Index(2, MetricKind.IP);
    index.add(1n, new Float32Array([1, 0]));
    return index.size();
  },
  sharp() {
    // The build that the app uses inside Electron on Linux; elsewhere sharp chooses.
    // @ts-expect-error it has no typings
    if (process.platform === 'linux') return Object.keys(require('@img/sharp-wasm32/sharp.node')).length;
    return require('sharp').versions;
  },
};

const name = process.argv[2] ?? '';
process.stdout.write(`${name} ${JSON.stringify(uses[name]?.())}\n`);
