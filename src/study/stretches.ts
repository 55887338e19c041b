/**
 * Tasks that wait, in stretches: each worker goes through its own part of the study in order, so that runs on one problem, and on
 * problems of one kind, share what a process has built and compiled for them. One that has none left takes half of the longest.
 */

interface Stretch<Task> {
  holder: object | undefined;
  /** The next one last. */
  readonly tasks: Task[];
}

export class Stretches<Task> {
  #stretches: Stretch<Task>[];

  /** `count`: stretches to begin with. */
  constructor(tasks: readonly Task[], count: number) {
    const start = (k: number) => Math.floor((k * tasks.length) / count);
    this.#stretches = Array.from({ length: count }, (_, k) => ({
      holder: undefined,
      tasks: tasks.slice(start(k), start(k + 1)).reverse(),
    }));
  }

  /** Tasks that wait. */
  get size(): number {
    return this.#stretches.reduce((sum, { tasks }) => sum + tasks.length, 0);
  }

  /** The next tasks of a holder's stretch, at most so many; none when none waits anywhere. */
  take(holder: object, count: number): Task[] {
    let own = this.#stretches.find((stretch) => stretch.holder === holder);
    if (own === undefined || own.tasks.length === 0) {
      this.#stretches = this.#stretches.filter(({ tasks }) => tasks.length > 0);
      own = this.#stretches.find((stretch) => stretch.holder === undefined) ?? this.#half();
      if (own === undefined) return [];
      own.holder = holder;
    }
    return own.tasks.splice(-count).reverse();
  }

  /** A holder is gone: its stretch waits for another, with these of its tasks first. */
  giveBack(holder: object, tasks: readonly Task[]): void {
    let own = this.#stretches.find((stretch) => stretch.holder === holder);
    if (own === undefined) {
      own = { holder, tasks: [] };
      this.#stretches.push(own);
    }
    own.tasks.push(...[...tasks].reverse());
    own.holder = undefined;
  }

  /** The later half of the longest stretch, as one of its own. */
  #half(): Stretch<Task> | undefined {
    const longest = this.#stretches.reduce<Stretch<Task> | undefined>(
      (most, stretch) => (most !== undefined && most.tasks.length >= stretch.tasks.length ? most : stretch),
      undefined,
    );
    if (longest === undefined) return undefined;
    const half = { holder: undefined, tasks: longest.tasks.splice(0, Math.ceil(longest.tasks.length / 2)) };
    this.#stretches.push(half);
    return half;
  }
}
