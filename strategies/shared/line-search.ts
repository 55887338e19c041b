/**
 * The minimum along a line, one evaluation at a time: bracketing by steps that grow by the golden ratio, then the localmin of
 * Brent, "Algorithms for Minimization without Derivatives" (1973, chapter 5), which mixes parabolas with golden sections.
 */

/** Plain data. Positions are along the line, from 0, where the loss is known. Its symbols are Brent's. */
export interface Line {
  phase: 'ahead' | 'behind' | 'expand' | 'localmin' | 'done';
  /** Where the loss is asked. */
  u: number;
  /** The best position so far and its loss; what is found, when done. */
  x: number;
  fx: number;
  /** Second best, and what was that before. */
  w: number;
  fw: number;
  v: number;
  fv: number;
  /** The bracket. */
  a: number;
  b: number;
  /** The last step and the one before it. */
  d: number;
  e: number;
  readonly step: number;
  /** How far the line goes to either side; -Infinity and Infinity without bounds. */
  readonly low: number;
  readonly high: number;
  /** Accuracy: this share of the position, or of a tenth of the first step, and at least `floor`. */
  readonly tolerance: number;
  readonly floor: number;
  readonly parabolas: boolean;
}

const golden = (1 + Math.sqrt(5)) / 2;
/** 2 - golden: the smaller part of a golden section. */
const section = (3 - Math.sqrt(5)) / 2;
/** Expansions before a line counts as endless. */
const farthest = 1e30;

export interface LineSettings {
  /** First step; above 0. */
  readonly step: number;
  readonly low: number;
  readonly high: number;
  readonly tolerance: number;
  readonly floor: number;
  /** False: golden sections alone. */
  readonly parabolas: boolean;
}

/** A search from 0, where the loss is `loss`. Done at once where the line has no room. */
export function openLine(loss: number, settings: LineSettings): Line {
  const line: Line = {
    ...settings,
    phase: 'ahead',
    u: Math.min(settings.step, settings.high),
    x: 0,
    fx: loss,
    w: 0,
    fw: loss,
    v: 0,
    fv: loss,
    a: 0,
    b: 0,
    d: 0,
    e: 0,
  };
  if (line.u <= line.floor) tellAhead(line, Infinity);
  return line;
}

/** The loss at `u`. Afterwards the line is done, or asks for another. */
export function tellLine(line: Line, loss: number): void {
  if (line.phase === 'ahead') tellAhead(line, loss);
  else if (line.phase === 'behind') tellBehind(line, loss);
  else if (line.phase === 'expand') tellExpand(line, loss);
  else if (line.phase === 'localmin') tellLocalmin(line, loss);
}

function tellAhead(line: Line, loss: number): void {
  if (loss < line.fx) {
    forward(line, loss);
    expand(line);
    return;
  }
  line.w = line.u;
  line.fw = loss;
  line.b = line.u;
  line.phase = 'behind';
  line.u = Math.max(-line.step, line.low);
  if (-line.u <= line.floor) tellBehind(line, Infinity);
}

function tellBehind(line: Line, loss: number): void {
  if (loss < line.fx) {
    // what lay ahead is the far end of a bracket that is open behind
    line.v = 0;
    line.fv = line.fx;
    line.w = 0;
    line.fw = line.fx;
    line.x = line.u;
    line.fx = loss;
    expand(line);
    return;
  }
  line.v = line.u;
  line.fv = loss;
  line.a = line.u;
  bracketed(line);
}

/** The asked position is the best; the best one becomes the second best. */
function forward(line: Line, loss: number): void {
  line.v = line.w;
  line.fv = line.fw;
  line.w = line.x;
  line.fw = line.fx;
  line.x = line.u;
  line.fx = loss;
}

/** On in the same direction, unless the line ends here: a descent up to a bound stops at the bound. */
function expand(line: Line): void {
  const next = Math.min(Math.max(line.x + golden * (line.x - line.w), line.low), line.high);
  line.phase = 'expand';
  if (next === line.x || Math.abs(next) > farthest) line.phase = 'done';
  line.u = next;
}

function tellExpand(line: Line, loss: number): void {
  if (loss < line.fx) {
    forward(line, loss);
    expand(line);
    return;
  }
  // the bracket: from the second best over the best to here
  line.a = Math.min(line.w, line.u);
  line.b = Math.max(line.w, line.u);
  line.v = line.u;
  line.fv = loss;
  bracketed(line);
}

function bracketed(line: Line): void {
  if (line.fv < line.fw) {
    [line.v, line.w] = [line.w, line.v];
    [line.fv, line.fw] = [line.fw, line.fv];
  }
  line.e = line.b - line.a;
  line.d = line.e;
  line.phase = 'localmin';
  proposeLocalmin(line);
}

function proposeLocalmin(line: Line): void {
  const { a, b, x, w, v, fx, fw, fv } = line;
  const middle = (a + b) / 2;
  const tol = Math.max(line.tolerance * Math.max(Math.abs(x), line.step / 10), line.floor);
  if (Math.abs(x - middle) <= 2 * tol - (b - a) / 2) {
    line.phase = 'done';
    return;
  }
  let parabolic = false;
  if (line.parabolas && Math.abs(line.e) > tol) {
    const r = (x - w) * (fx - fv);
    let q = (x - v) * (fx - fw);
    let p = (x - v) * q - (x - w) * r;
    q = 2 * (q - r);
    if (q > 0) p = -p;
    else q = -q;
    // false where a loss is infinite
    parabolic = Math.abs(p) < Math.abs((q * line.e) / 2) && p > q * (a - x) && p < q * (b - x);
    if (parabolic) {
      line.e = line.d;
      line.d = p / q;
      const u = x + line.d;
      if (u - a < 2 * tol || b - u < 2 * tol) line.d = x < middle ? tol : -tol;
    }
  }
  if (!parabolic) {
    line.e = x < middle ? b - x : a - x;
    line.d = section * line.e;
  }
  line.u = Math.abs(line.d) >= tol ? x + line.d : line.d > 0 ? x + tol : x - tol;
}

function tellLocalmin(line: Line, loss: number): void {
  const { u, x } = line;
  if (loss <= line.fx) {
    if (u >= x) line.a = x;
    else line.b = x;
    forward(line, loss);
  } else {
    if (u < x) line.a = u;
    else line.b = u;
    if (loss <= line.fw || line.w === x) {
      line.v = line.w;
      line.fv = line.fw;
      line.w = u;
      line.fw = loss;
    } else if (loss <= line.fv || line.v === x || line.v === line.w) {
      line.v = u;
      line.fv = loss;
    }
  }
  proposeLocalmin(line);
}
