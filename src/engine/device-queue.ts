/**
 * One queue for everything that touches a WebGPU device: two sessions that run at the same time end the process
 * (onnxruntime issue 32561), so every create, run and release of a process waits for the one before.
 */
let last: Promise<unknown> = Promise.resolve();

export function onDevice<T>(work: () => Promise<T>): Promise<T> {
  const next = last.then(work, work);
  last = next.catch(() => undefined);
  return next;
}
