/** What runs the networks: the processor, or what onnxruntime calls so. */
export const providers = ['cpu', 'dml', 'coreml', 'cuda', 'webgpu'] as const;
export type Provider = (typeof providers)[number];
