/** The ONNX Runtime execution providers that Zeroth knows. `auto` is resolved to one of them before anything runs. */
export const providers = ['cpu', 'webgpu', 'cuda', 'dml', 'coreml'] as const;

export type Provider = (typeof providers)[number];
export type ProviderChoice = Provider | 'auto';
