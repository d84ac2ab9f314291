// What a screen shows while it asks again: the last answer. There is none only before the first, or of something else.

export class Latest<T> {
  #answer = $state.raw<{ of: unknown; value: T } | null>(null);
  #of: () => unknown;

  /** For the top of a component. `of` names what is asked about, where that changes. */
  constructor(asked: () => Promise<T>, of: () => unknown = () => null) {
    this.#of = of;
    // Follows the page's data, which is a promise.
    $effect.pre(() => {
      const about = of();
      let over = false;
      void asked().then((value) => {
        if (!over) this.#answer = { of: about, value };
      });
      return () => {
        over = true;
      };
    });
  }

  get now(): T | null {
    const answer = this.#answer;
    return answer && answer.of === this.#of() ? answer.value : null;
  }
}
