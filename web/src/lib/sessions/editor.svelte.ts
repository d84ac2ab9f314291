// A session that is looked at and corrected: every change goes to the server, and its answer is what is shown.
import { asApiError, type ApiError } from '$lib/api/http';
import type { Kept } from '$lib/api/kept';
import { changeSession, putSet, removeSession, removeSet, takeBack } from '$lib/api/past-sessions';
import type { PerformedSet, Session, SessionChange } from '$lib/wire/sessions';

export class SessionEditor {
  kept = $state.raw<Kept<Session>>() as Kept<Session>;
  busy = $state(false);
  error = $state.raw<ApiError | null>(null);

  constructor(kept: Kept<Session>) {
    this.kept = kept;
  }

  get session(): Session {
    return this.kept.value;
  }
  /** Changes need the server's answer. */
  get changeable(): boolean {
    return this.kept.fresh && !this.busy;
  }

  change(what: SessionChange): Promise<boolean> {
    return this.#run(() => changeSession(this.session.id, what));
  }
  put(set: PerformedSet): Promise<boolean> {
    return this.#run(() => putSet(this.session.id, set));
  }
  removeSet(set: PerformedSet): Promise<boolean> {
    return this.#run(() => removeSet(this.session.id, set.id));
  }
  takeBack(exercise: string): Promise<boolean> {
    return this.#run(() => takeBack(this.session.id, exercise));
  }
  /** True once it is gone. */
  remove(): Promise<boolean> {
    return this.#run(async () => {
      await removeSession(this.session.id);
      return this.kept;
    });
  }

  async #run(asked: () => Promise<Kept<Session>>): Promise<boolean> {
    if (this.busy) return false;
    this.busy = true;
    this.error = null;
    try {
      this.kept = await asked();
      return true;
    } catch (thrown) {
      this.error = asApiError(thrown);
      return false;
    } finally {
      this.busy = false;
    }
  }
}
