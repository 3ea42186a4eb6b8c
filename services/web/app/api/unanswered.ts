/** What is kept of a request only while it has no answer, so that a reload asks for the same again. */
export interface Unanswered<Value> {
  read(): Value | undefined;
  keep(value: Value): void;
  drop(): void;
}

/** Where storage is full or forbidden, a request is remembered as long as its page. */
const remembered = new Map<string, string>();

/** The request of a name that has no answer. */
export function unanswered<Value>(name: string): Unanswered<Value> {
  return {
    read() {
      const text = remembered.get(name) ?? stored(() => sessionStorage.getItem(name));
      return text ? JSON.parse(text) : undefined;
    },
    keep(value) {
      const text = JSON.stringify(value);
      remembered.set(name, text);
      stored(() => sessionStorage.setItem(name, text));
    },
    drop() {
      remembered.delete(name);
      stored(() => sessionStorage.removeItem(name));
    },
  };
}

function stored<Result>(access: () => Result): Result | undefined {
  try {
    return access();
  } catch {
    return undefined;
  }
}
