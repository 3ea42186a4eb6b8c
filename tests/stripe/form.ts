/** A value of a form: text, or what is nested in it. */
export type FormValue = string | { [name: string]: FormValue };
export type Form = { [name: string]: FormValue };

/** Reads what Stripe's library sends: `payment_method_options[card][capture_method]=manual`. */
export function readForm(text: string): Form {
  const form: Form = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const path = name.split(/[[\]]+/).filter((part) => part !== "");
    let at = form;
    for (const part of path.slice(0, -1)) {
      const next = at[part];
      at = typeof next === "object" ? next : (at[part] = {});
    }
    at[path.at(-1)!] = value;
  }
  return form;
}

/** The text at a path of a form. */
export function textAt(form: Form, ...path: string[]): string | undefined {
  let at: FormValue | undefined = form;
  for (const part of path) at = typeof at === "object" ? at[part] : undefined;
  return typeof at === "string" ? at : undefined;
}
