import { describe, expect, test } from '@jest/globals';
import { EngineError, UsageError } from '../../src/core/errors.js';
import type { Provider } from '../../src/engine/provider.js';
import { chooseProvider, diagnose, parseProvider, resolveProvider } from '../../src/engine/providers.js';
import { oneLine, type Trial } from '../../src/engine/trial.js';

const works = (provider: Provider, milliseconds: number, device?: string): Trial => ({
  provider,
  works: true,
  why: 'works',
  milliseconds,
  ...(device === undefined ? {} : { device }),
});
const fails = (provider: Provider, why: string): Trial => ({ provider, works: false, why });

describe('auto', () => {
  test('takes the first that works and says why not those before it', () => {
    const { provider, reason } = chooseProvider([fails('cuda', 'no driver'), works('webgpu', 1), works('cpu', 4)]);
    expect(provider).toBe('webgpu');
    expect(reason).toBe('webgpu: 1.00 ms on the trial graph; not cuda: no driver');
  });

  test('passes over a software GPU that is slower than the CPU, and says so', () => {
    const { provider, reason } = chooseProvider([works('webgpu', 780, 'SwiftShader, a software driver'), works('cpu', 3)]);
    expect(provider).toBe('cpu');
    expect(reason).toBe(
      'cpu: 3.00 ms on the trial graph; not webgpu: SwiftShader, a software driver, slower than the CPU (780 ms against 3.00 ms on the trial graph)',
    );
  });

  test('takes a GPU where the CPU does not work', () => {
    expect(chooseProvider([works('webgpu', 780), fails('cpu', 'broken')]).provider).toBe('webgpu');
  });

  test('is an error where nothing works', () => {
    expect(() => chooseProvider([fails('webgpu', 'no adapter'), fails('cpu', 'broken')])).toThrow(/webgpu: no adapter; cpu: broken/);
  });

  test('resolves to a provider that works here', async () => {
    const { provider, tried, reason } = await resolveProvider('auto');
    expect(tried.find((trial) => trial.provider === provider)?.works).toBe(true);
    expect(reason.startsWith(provider)).toBe(true);
    expect(await resolveProvider(provider)).toMatchObject({ provider });
  });
});

describe('a named provider', () => {
  test('that cannot be here is refused with what was found and what to do', async () => {
    const absent = process.platform === 'darwin' ? 'dml' : 'coreml';
    const refusal = resolveProvider(absent);
    await expect(refusal).rejects.toThrow(EngineError);
    await expect(refusal).rejects.toThrow(/^The provider "\w+" does not work here: .* only\. .*--provider auto/);
  });

  test('that nobody knows is refused with the nearest', () => {
    expect(() => parseProvider('webgpuu')).toThrow(UsageError);
    expect(() => parseProvider('webgpuu')).toThrow(/Did you mean webgpu\?.*auto, cpu, webgpu, cuda, dml, coreml/);
    expect(parseProvider('auto')).toBe('auto');
  });
});

test('a diagnosis has every provider, a time for those that work and a reason for those that do not', async () => {
  const diagnosis = await diagnose();
  expect(diagnosis.onnxruntime).toMatch(/^\d+\.\d+\.\d+/);
  expect(diagnosis.providers.map(({ provider }) => provider)).toEqual(['cpu', 'webgpu', 'cuda', 'dml', 'coreml']);
  for (const trial of diagnosis.providers) {
    if (trial.works) expect(trial.milliseconds).toBeGreaterThan(0);
    else expect(trial.why.length).toBeGreaterThan(5);
  }
  expect(diagnosis.providers[0].works).toBe(true);
});

test("the runtime's message is told without colours, source locations and line breaks", () => {
  const message =
    '\u001b[1;31m/onnxruntime_src/onnxruntime/core/x.cc:136 f()::<lambda()> a.status == Success was false. Failed to get\n an adapter\u001b[m\n';
  expect(oneLine(message)).toBe('Failed to get an adapter');
});
