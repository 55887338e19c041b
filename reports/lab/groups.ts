/** Figures of one group get the ranges that hold the values of all of them, where they do not say their own: small multiples compare. */
import type { Axis, Figure } from '../../src/lab/figure.js';

export function inGroups(figures: readonly Figure[]): Figure[] {
  return figures.map((figure) => {
    if (figure.group === undefined) return figure;
    const members = figures.filter(({ group, kind }) => group === figure.group && kind === figure.kind);
    return members.length < 2 ? figure : together(figure, members);
  });
}

function together(figure: Figure, members: readonly Figure[]): Figure {
  switch (figure.kind) {
    case 'lines': {
      const all = members.flatMap((member) => (member.kind === 'lines' ? member.series : []));
      const ys = all.flatMap(({ y, low = [], high = [] }) => [...y, ...low, ...high]);
      return {
        ...figure,
        x: ranged(
          figure.x,
          all.flatMap(({ x }) => x),
        ),
        y: ranged(figure.y, ys, 0.05),
      };
    }
    case 'bars': {
      const all = members.flatMap((member) => (member.kind === 'bars' ? member.series : []));
      const values = all.flatMap(({ values: own, low = [], high = [] }) => [...own, ...low, ...high]);
      return { ...figure, value: ranged(figure.value, figure.value.log ? values : [0, ...values]) };
    }
    case 'heat map':
      return {
        ...figure,
        value: ranged(
          figure.value,
          members.flatMap((member) => (member.kind === 'heat map' ? member.values.flat() : [])),
        ),
      };
    default:
      return figure;
  }
}

/** `margin`: a share of the range that is left free beyond the values. */
function ranged(axis: Axis, values: readonly (number | null)[], margin = 0): Axis {
  const known = values.filter((value): value is number => value !== null && (axis.log !== true || value > 0));
  if (known.length === 0) return axis;
  let [least, most] = [Infinity, -Infinity];
  for (const value of known) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  if (least === most) return axis;
  if (axis.log) {
    const room = (most / least) ** margin;
    return { min: least / room, max: most * room, ...axis };
  }
  const room = (most - least) * margin;
  return { min: least >= 0 && least < room ? Math.min(least, 0) : least - room, max: most + room, ...axis };
}
