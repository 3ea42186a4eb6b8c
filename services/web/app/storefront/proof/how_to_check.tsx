import { Link } from "@tanstack/react-router";
import { useMessages } from "../../messages/use_messages.ts";

/** What anybody can do who does not want to believe. */
export function HowToCheck({ eventId }: { eventId: string }) {
  const { proof: texts } = useMessages();
  const path = `/api/event/events/${eventId}/proof`;
  return (
    <section aria-labelledby="how">
      <h2 id="how">{texts.how}</h2>
      <ol className="steps measure">
        {texts.steps.map((step) => <li key={step}>{step}</li>)}
      </ol>
      <p className="measure small">
        {texts.program} <a href={path}>{path}</a>
      </p>
      <p>
        <Link to="/help/proof">{texts.more}</Link>
      </p>
    </section>
  );
}
