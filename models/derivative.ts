/** Symbolic derivatives of formulas in x. At a kink the derivative is one of the one-sided ones or their mean; each rule says which. */
import { call, choose, constant, type Expression, minus, over, plus, power, times, type UnaryFunction } from './expression.js';

/** d e / d x. */
export function differentiate(e: Expression): Expression {
  switch (e.kind) {
    case 'constant':
      return constant(0);
    case 'variable':
      if (e.name === 'y') throw new RangeError('A formula in y is a derivative already.');
      return constant(1);
    case 'unary':
      return times(differentiate(e.argument), outer(e.function, e.argument, e));
    case 'choice':
      return choose(e.test, differentiate(e.above), differentiate(e.otherwise));
    case 'binary':
      return binary(e.function, e.left, e.right, e);
  }
}

const one = constant(1);

/** The derivative of `name` at `u`, where `value` is name(u). */
function outer(name: UnaryFunction, u: Expression, value: Expression): Expression {
  switch (name) {
    case 'negate':
      return constant(-1);
    case 'exp':
      return value;
    case 'log':
      return over(one, u);
    case 'sqrt':
      return over(constant(0.5), value);
    case 'sin':
      return call('cos', u);
    case 'cos':
      return call('negate', call('sin', u));
    case 'tanh':
      return minus(one, times(value, value));
    case 'sigmoid':
      return times(value, minus(one, value));
    case 'softplus':
      return call('sigmoid', u);
    case 'erf':
      return times(constant(2 / Math.sqrt(Math.PI)), call('exp', call('negate', times(u, u))));
    case 'relu': // 0 at 0
      return call('step', u);
    case 'abs': // 0 at 0
      return minus(call('step', u), call('step', call('negate', u)));
    case 'step':
      return constant(0);
  }
}

function binary(name: string, a: Expression, b: Expression, value: Expression): Expression {
  const da = differentiate(a);
  const db = differentiate(b);
  switch (name) {
    case 'add':
      return plus(da, db);
    case 'subtract':
      return minus(da, db);
    case 'multiply':
      return plus(times(da, b), times(a, db));
    case 'divide':
      return b.kind === 'constant' ? over(da, b) : over(minus(da, times(value, db)), b);
    case 'max': // at equality the second argument's
      return choose(minus(a, b), da, db);
    case 'min': // at equality the second argument's
      return choose(minus(b, a), da, db);
    default: {
      // power
      if (b.kind === 'constant') return times(b, power(a, constant(b.value - 1)), da);
      const growth = times(db, a.kind === 'constant' ? constant(Math.log(a.value)) : call('log', a));
      return times(value, plus(growth, over(times(b, da), a)));
    }
  }
}
