/**
 * What the page does: plays the paths of populations. It is put into the page as its own source text, so it may refer to nothing outside
 * itself. Without it the page shows each path's last moment. A path plays once when it comes into view, unless the reader's system asks for
 * less motion. Space on the slider plays and pauses, the arrow keys step.
 */

/** A path as the page's script gets it: positions in pixels of the drawing. */
export interface Moments {
  readonly id: string;
  readonly frames: readonly { readonly label: string; readonly points: readonly number[]; readonly best?: readonly [number, number] }[];
}

// biome-ignore lint/suspicious/noExplicitAny: the browser's own objects, which are not in a Node library's types
type Browser = any;

export function player(window: Browser, paths: Moments[], play: string, pause: string): void {
  const document: Browser = window.document;
  const still: boolean = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  for (const { id, frames } of paths) {
    const figure: Browser = document.getElementById(id);
    const group: Browser = figure.querySelector('.moving');
    const [way, circle, square]: Browser[] = ['polyline', 'circle', 'path'].map((name) => group.querySelector(name));
    const [button, back, next, slider, output]: Browser[] = ['.play', '.back', '.next', 'input', 'output'].map((name) =>
      figure.querySelector(name),
    );
    const box: Browser = figure.querySelector('.player');
    let at = frames.length - 1;
    let timer: Browser;
    const show = (frame: number): void => {
      at = Math.min(frames.length - 1, Math.max(0, frame));
      const { label, points, best } = frames[at];
      const shapes: Browser[] = [];
      if (way !== null) {
        const line: Browser = way.cloneNode(true);
        line.setAttribute(
          'points',
          frames
            .slice(0, at + 1)
            .flatMap((one) => one.best ?? [])
            .join(' '),
        );
        shapes.push(line);
      }
      for (let i = 0; circle !== null && i + 1 < points.length; i += 2) {
        const dot: Browser = circle.cloneNode(true);
        dot.setAttribute('cx', points[i]);
        dot.setAttribute('cy', points[i + 1]);
        shapes.push(dot);
      }
      if (square !== null && best !== undefined) {
        const mark: Browser = square.cloneNode(true);
        const last = frames[frames.length - 1].best ?? best;
        mark.setAttribute('transform', `translate(${best[0] - last[0]} ${best[1] - last[1]})`);
        shapes.push(mark);
      }
      group.replaceChildren(...shapes);
      slider.value = at;
      slider.setAttribute('aria-valuetext', label);
      output.textContent = label;
    };
    const stop = (): void => {
      window.clearInterval(timer);
      timer = undefined;
      button.textContent = play;
    };
    const start = (): void => {
      if (at === frames.length - 1) show(0);
      button.textContent = pause;
      timer = window.setInterval(
        () => {
          if (at === frames.length - 1) stop();
          else show(at + 1);
        },
        Math.max(60, Math.min(400, 8000 / frames.length)),
      );
    };
    const toggle = (): void => (timer === undefined ? start() : stop());
    const step = (by: number): void => {
      stop();
      show(at + by);
    };
    button.addEventListener('click', toggle);
    back.addEventListener('click', () => step(-1));
    next.addEventListener('click', () => step(1));
    box.addEventListener('keydown', (event: Browser) => {
      const onSlider = event.target === slider;
      if (event.key === ' ' && onSlider) toggle();
      else if (event.key === 'ArrowLeft' && !onSlider) step(-1);
      else if (event.key === 'ArrowRight' && !onSlider) step(1);
      else return;
      event.preventDefault();
    });
    slider.addEventListener('input', () => {
      stop();
      show(Number(slider.value));
    });
    box.hidden = false;
    show(at);
    if (still) continue;
    const watch = new window.IntersectionObserver(
      (entries: Browser[]) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        start();
      },
      { threshold: 0.6 },
    );
    watch.observe(figure.querySelector('.moving-svg'));
  }
}
