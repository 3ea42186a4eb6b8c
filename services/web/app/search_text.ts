/**
 * Reads the part of an address after `?`. Values stay the texts that they are: `?q=2027` asks for "2027". Of a name
 * that comes again the first value counts.
 */
export function parseSearch(text: string): Record<string, string> {
  const values = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(text)) {
    if (!values.has(name)) values.set(name, value);
  }
  return Object.fromEntries(values);
}

/** Writes search parameters as a form would, so that an address made by a form and one by a link are the same. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== null && value !== "") params.append(name, String(value));
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}
