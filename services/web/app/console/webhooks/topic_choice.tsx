import { useMessages } from "../../messages/use_messages.ts";
import { useConsoleMessages } from "../use_console.ts";
import { GROUPS, topicsOf } from "./topics.ts";

/** What a webhook is to tell, as boxes in groups. */
export function TopicChoice({ error }: { error: string | undefined }) {
  const { common } = useMessages();
  const { webhooks: texts } = useConsoleMessages();
  return (
    <fieldset
      className={error ? "field field--wrong topics" : "field topics"}
      id="topics"
      tabIndex={-1}
      aria-describedby={error ? "topics-error" : undefined}
    >
      <legend className="label">{texts.topics}</legend>
      {error
        ? (
          <p className="error" id="topics-error">
            <span className="visually-hidden">{common.errorBefore}</span>
            {error}
          </p>
        )
        : null}
      {GROUPS.map((group) => (
        <fieldset key={group} className="topics__group">
          <legend>{texts.topicGroups[group]}</legend>
          {topicsOf(group).map((topic) => (
            <label key={topic} className="check">
              <input type="checkbox" name={topic} />
              {texts.topicNames[topic]}
            </label>
          ))}
        </fieldset>
      ))}
    </fieldset>
  );
}
