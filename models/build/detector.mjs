/**
 * The detector's graph, opened.
 *
 * As shipped it accepts 320x240 only, because its last step turns the network's regressions into boxes with priors that are
 * constants of that size. The network before that step is fully convolutional. So: cut the graph before the decoding, which
 * the app does itself for any size, and declare height and width free.
 */
import onnxProto from 'onnx-proto';

const { onnx } = onnxProto;

/** The tensor of raw regressions, float32 [1, priors, 4], from which the shipped graph goes on to decode boxes. */
const RAW_BOXES = '462';

/**
 * Edits the shipped detector graph.
 *
 * Input `input`: float32 NCHW [1, 3, height, width]. Outputs `scores`: [1, priors, 2], softmax over (background, face);
 * `boxes`: [1, priors, 4], regressions (cx, cy, w, h) against the priors, before any decoding.
 *
 * @param {Uint8Array} shipped the package's model/fr_detect.onnx
 * @returns {Uint8Array} the edited graph; the same bytes for the same input
 */
export function openDetector(shipped) {
  const model = onnx.ModelProto.decode(shipped);
  const { graph } = model;
  const wanted = ancestors(graph.node, ['scores', RAW_BOXES]);
  graph.node = graph.node.filter((node) => wanted.has(node));

  // The shipped `boxes` went with the decoding; the raw tensor takes its name.
  for (const node of graph.node) {
    node.output = node.output.map((name) => (name === RAW_BOXES ? 'boxes' : name));
    node.input = node.input.map((name) => (name === RAW_BOXES ? 'boxes' : name));
  }
  const used = new Set(graph.node.flatMap((node) => node.input));
  graph.initializer = graph.initializer.filter((tensor) => used.has(tensor.name));

  graph.input = [floatTensor('input', [1, 3, 'height', 'width'])];
  graph.output = [floatTensor('scores', [1, 'priors', 2]), floatTensor('boxes', [1, 'priors', 4])];
  return onnx.ModelProto.encode(model).finish();
}

/** The nodes that these tensors are computed from, and the nodes that compute them. */
function ancestors(nodes, tensorNames) {
  const makerOf = new Map(nodes.flatMap((node) => node.output.map((name) => [name, node])));
  const found = new Set();
  const waiting = [...tensorNames];
  while (waiting.length > 0) {
    const node = makerOf.get(waiting.pop());
    if (node === undefined || found.has(node)) continue;
    found.add(node);
    waiting.push(...node.input);
  }
  return found;
}

/** Declares a float32 tensor; a name instead of a number is a size that may vary from run to run. */
function floatTensor(name, shape) {
  const dim = shape.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return onnx.ValueInfoProto.create({
    name,
    type: { tensorType: { elemType: onnx.TensorProto.DataType.FLOAT, shape: { dim } } },
  });
}
