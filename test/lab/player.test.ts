/** The player of a path, in a real browser where one is installed. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { renderLabPage } from '../../reports/lab/page.js';
import type { ExperimentResults } from '../../src/lab/results.js';
import { type Browser, browser, browserNames, drivePage } from '../reports/browser.js';
import { path, sample } from './sample.js';

const results: ExperimentResults = {
  experiment: sample,
  form: 'full',
  settings: {},
  findings: { verdict: 'reproduced', because: sample.claim, checks: [], figures: [path] },
  seconds: 1,
  provenance: {
    zeroth: '0',
    node: '0',
    onnxruntime: '0',
    platform: 'none',
    processor: 'none',
    cores: 1,
    memoryBytes: 1,
    provider: 'cpu',
    started: '2026-01-01',
  } as unknown as ExperimentResults['provenance'],
  command: 'npx zeroth lab sample',
};

interface Moment {
  readonly words: string;
  readonly value: string;
  readonly told: string;
  readonly button: string;
  readonly dots: number;
  readonly first: string;
  readonly corners: number;
}

interface Seen {
  readonly errors: readonly string[];
  readonly loaded: Moment;
  readonly playing: Moment;
  readonly ended: Moment;
  readonly again: Moment;
  readonly home: Moment;
  readonly back: Moment;
  readonly right: Moment;
  readonly onSlider: Moment;
  readonly paused: Moment;
}

async function drive(window: Browser): Promise<Seen> {
  const { document } = window;
  const wait = (milliseconds: number): Promise<void> => new Promise((resolve) => window.setTimeout(resolve, milliseconds));
  const [slider, output, play, back]: Browser[] = ['input', 'output', '.play', '.back'].map((name) =>
    document.querySelector(`.player ${name}`),
  );
  const now = (): Moment => {
    const circles = document.querySelectorAll('.moving-picture .moving circle');
    return {
      words: output.textContent,
      value: slider.value,
      told: slider.getAttribute('aria-valuetext'),
      button: play.textContent,
      dots: circles.length,
      first: circles[0].getAttribute('cx'),
      corners: document.querySelector('.moving-picture .moving polyline').getAttribute('points').trim().split(/\s+/).length / 2,
    };
  };
  const press = (element: Browser, key: string): void => {
    element.dispatchEvent(new window.KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  };
  const loaded = now();
  await wait(700);
  play.click();
  await wait(1000);
  const playing = now();
  await wait(8000);
  const ended = now();
  play.click();
  const again = now();
  play.click();
  slider.value = '0';
  slider.dispatchEvent(new window.Event('input'));
  const home = now();
  back.click();
  const backAtFirst = now();
  press(back, 'ArrowRight');
  const right = now();
  press(slider, ' ');
  const onSlider = now();
  press(slider, ' ');
  const paused = now();
  return { errors: window.errors, loaded, playing, ended, again, home, back: backAtFirst, right, onSlider, paused };
}

if (browser === undefined) {
  test.skip(`the player in a browser: skipped, because none of ${browserNames.join(', ')} is in the PATH`, () => {});
} else {
  describe('the player in a browser of someone who wants less motion', () => {
    let seen: Seen;
    beforeAll(async () => {
      seen = await drivePage(await renderLabPage(results, 'zh'), drive, ['--force-prefers-reduced-motion']);
    }, 120_000);

    test('stands at the last frame until it is asked to play', () => {
      expect(seen.errors).toEqual([]);
      const words = '第 8 / 8 帧：第 7 代，已评估 48 次，最低损失 0.00549';
      expect(seen.loaded).toMatchObject({ words, told: words, value: '7', button: '播放', dots: 6, corners: 8 });
    });

    test('plays from the first frame to the last, and again', () => {
      expect(seen.playing.button).toBe('暂停');
      expect(Number(seen.playing.value)).toBeGreaterThan(0);
      expect(Number(seen.playing.value)).toBeLessThan(7);
      expect(seen.playing.corners).toBe(Number(seen.playing.value) + 1);
      expect(seen.ended).toEqual(seen.loaded);
      expect(seen.again).toMatchObject({ value: '0', button: '暂停', corners: 1 });
    });

    test('steps by button, slider and keys, and goes no further back than the first frame', () => {
      expect(seen.home).toMatchObject({ words: '第 1 / 8 帧：第 0 代，已评估 6 次，最低损失 0.81', value: '0', button: '播放' });
      expect(Number(seen.home.first)).toBeGreaterThan(Number(seen.loaded.first)); // the swarm shrinks to the middle
      expect(seen.back).toEqual(seen.home);
      expect(seen.right).toMatchObject({ value: '1', button: '播放' });
      expect([seen.onSlider.button, seen.paused.button]).toEqual(['暂停', '播放']);
    });
  });
}
