/** The figures' places on the page: pictures for wide and for narrow screens, and a player for paths. */
import type { Figure, Path } from '../../src/lab/figure.js';
import type { Language } from '../../src/lab/text.js';
import { text } from '../html/escape.js';
import { drawFigure } from './draw/draw.js';
import { drawPath, drawStills } from './draw/path.js';
import { scaleOf } from './draw/scale.js';
import { toSvg } from './draw/svg.js';
import type { Moments } from './player.js';
import { words } from './words.js';

const wide = 960;
const multiple = 500;
const narrow = 364;

/** One figure; `level` is its heading's. */
export function figureHtml(figure: Figure, language: Language, inGroup: boolean): string {
  const title = figure.title[language];
  const picture = figure.kind === 'path' ? pathHtml(figure, language) : both(figure, language, inGroup);
  return `<figure id="figure-${text(figure.id)}"><h3>${text(title)}</h3>
${picture}
<figcaption class="reading">${text(figure.reading[language])}</figcaption></figure>`;
}

/** Neighbours of one group stand side by side. */
export function figuresHtml(figures: readonly Figure[], language: Language): string {
  const parts: string[] = [];
  for (let i = 0; i < figures.length; ) {
    const { group } = figures[i];
    let end = i + 1;
    while (group !== undefined && end < figures.length && figures[end].group === group) end++;
    const members = figures.slice(i, end).map((figure) => figureHtml(figure, language, end - i > 1));
    parts.push(members.length > 1 ? `<div class="multiples">${members.join('\n')}</div>` : members[0]);
    i = end;
  }
  return parts.join('\n');
}

function both(figure: Figure, language: Language, inGroup: boolean): string {
  const label = `${figure.title[language]}. ${figure.reading[language]}`;
  return [
    toSvg(drawFigure(figure, language, inGroup ? multiple : wide), label, 'wide'),
    toSvg(drawFigure(figure, language, narrow), label, 'narrow'),
  ].join('\n');
}

/** One moving picture for every screen, and stills for paper. */
function pathHtml(figure: Path, language: Language): string {
  const say = words(language);
  const label = `${figure.title[language]}. ${figure.reading[language]}`;
  const last = figure.frames.length - 1;
  return `<div class="moving-picture">${toSvg(drawPath(figure, language, pathWidth, last), label, 'moving-svg')}
<div class="player" hidden><button type="button" class="play">${text(say.play)}</button><button type="button" class="back" aria-label="${text(say.back)}">‹</button><button type="button" class="next" aria-label="${text(say.next)}">›</button><input type="range" min="0" max="${last}" value="${last}" aria-label="${text(say.frame)}"><output></output></div></div>
<div class="stills">${toSvg(drawStills(figure, language, wide), label, 'still')}</div>`;
}

/** Small enough for its letters on a narrow screen; wide ones show it larger. */
const pathWidth = 400;

/** What the player moves. */
export function momentsOf(figure: Path, language: Language): Moments {
  const { box } = drawPath(figure, language, pathWidth, figure.frames.length - 1);
  const [x, y] = [scaleOf(figure.x, [], { ticks: 5 }), scaleOf(figure.y, [], { ticks: 5 })];
  const px = (value: number) => Number((box.x + (x.share(value) ?? 0) * box.width).toFixed(1));
  const py = (value: number) => Number((box.y + (1 - (y.share(value) ?? 0)) * box.height).toFixed(1));
  const say = words(language);
  return {
    id: `figure-${figure.id}`,
    frames: figure.frames.map((frame, index) => ({
      label: `${say.frameOf(index + 1, figure.frames.length)}${say.colon}${say.moment(frame)}`,
      points: frame.points.map((value, i) => (i % 2 === 0 ? px(value) : py(value))),
      ...(frame.best && { best: [px(frame.best[0]), py(frame.best[1])] as const }),
    })),
  };
}
