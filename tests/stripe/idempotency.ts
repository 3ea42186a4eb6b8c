import { type ApiAnswer, ApiRefusal } from "./answers.ts";

interface Kept {
  request: string;
  /** Absent while the request is under way. */
  answer?: ApiAnswer;
}

/**
 * Stripe's idempotency: the first answer to a key is kept, whatever it is, once the request was begun; what is refused
 * before leaves no trace. The same key with another request is an error.
 */
export class IdempotencyKeys {
  readonly #kept = new Map<string, Kept>();

  /** Runs a request, or repeats its answer. `isBegun` tells whether an answer came of more than a look at its form. */
  async run(
    key: string | null,
    request: string,
    act: () => Promise<ApiAnswer>,
    isBegun: (answer: ApiAnswer) => boolean,
  ): Promise<ApiAnswer & { replayed?: true }> {
    if (key === null) return await act();
    const kept = this.#kept.get(key);
    if (kept) {
      if (kept.request !== request) {
        throw new ApiRefusal(400, {
          type: "idempotency_error",
          message: "Keys for idempotent requests can only be used with the same parameters.",
        });
      }
      if (!kept.answer) {
        throw new ApiRefusal(409, {
          type: "idempotency_error",
          code: "idempotency_key_in_use",
          message: "There is currently another in-progress request using this key.",
        });
      }
      return { ...kept.answer, replayed: true };
    }
    const entry: Kept = { request };
    this.#kept.set(key, entry);
    const answer = await act();
    if (isBegun(answer)) entry.answer = answer;
    else this.#kept.delete(key);
    return answer;
  }

  /** Forgets all keys, as Stripe does after a day. */
  forget(): void {
    this.#kept.clear();
  }
}
