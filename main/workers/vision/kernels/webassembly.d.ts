// What of WebAssembly is used here: Node's types have none of it, and a page's bring the whole of a browser.
declare namespace WebAssembly {
  type Module = object;
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Instance {
    readonly exports: Record<string, (...values: never[]) => unknown>;
  }
  const Module: new (bytes: Uint8Array) => Module;
  /** In pages of 64 KiB. */
  const Memory: new (size: { initial: number; maximum: number }) => Memory;
  const Instance: new (module: Module, imports: { env: { memory: Memory } }) => Instance;
}
