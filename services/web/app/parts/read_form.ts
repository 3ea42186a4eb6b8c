/** What a form would send by GET: its fields by name. Empty ones and boxes that are not ticked are left away. */
export function readForm(form: HTMLFormElement): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const element of form.elements) {
    const isField = element instanceof HTMLInputElement || element instanceof HTMLSelectElement;
    if (!isField || element.name === "" || element.value === "") continue;
    if (element instanceof HTMLInputElement && element.type === "checkbox" && !element.checked) {
      continue;
    }
    fields[element.name] = element.value;
  }
  return fields;
}
