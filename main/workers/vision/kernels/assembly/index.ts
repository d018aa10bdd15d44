// The loops over all pixels of a photo, compiled to WebAssembly with SIMD (AssemblyScript; `out/kernels/`). Everything lies in one memory, and is
// named by where it begins, in bytes; who calls sees to it that there is room (../kernels.ts).
export { halve } from './halve';
export { resampleAcross, resampleDown } from './resample';
export { layPlanes } from './planes';
export { turnQuarters } from './turn';
export { warp } from './warp';
