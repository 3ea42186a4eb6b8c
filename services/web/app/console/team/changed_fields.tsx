import { useFormat } from "../../messages/use_messages.ts";
import type { Change } from "../api/organisations.ts";
import { useConsoleMessages } from "../use_console.ts";

/** The fields of a change by their names in the API, before and after it; shown when they are asked for. */
export function ChangedFields({ fields }: { fields: Change["fields"] }) {
  const { team: texts } = useConsoleMessages();
  const { number } = useFormat();
  const shown = (value: Change["fields"][number]["from"]) => {
    if (value === null || value === "") return texts.nothing;
    if (typeof value === "boolean") return value ? texts.yes : texts.no;
    return typeof value === "number" ? number(value) : value;
  };
  return (
    <details className="small">
      <summary>{texts.fields(fields.length, number(fields.length))}</summary>
      <dl className="known">
        {fields.map(({ field, from, to }) => (
          <div key={field}>
            <dt lang="en">
              <code>{field}</code>
            </dt>
            <dd>{texts.fromTo(shown(from), shown(to))}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
