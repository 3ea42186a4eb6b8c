import { useMessages } from "../../messages/use_messages.ts";
import { EventFacts } from "./facts/event_facts.tsx";
import { ProofNote } from "./proof_note.tsx";
import type { LiveEvent } from "./use_live_event.ts";

/** What the organiser says about an event, and what one should know. */
export function EventStory({ live }: { live: LiveEvent }) {
  const { event: texts } = useMessages();
  const { event } = live;
  return (
    <>
      <section aria-labelledby="about">
        <h2 id="about">{texts.about}</h2>
        {event.description
          ? paragraphsOf(event.description).map((text, index) => <p key={index}>{text}</p>)
          : <p className="soft">{texts.noAbout}</p>}
      </section>
      <section aria-labelledby="facts">
        <h2 id="facts">{texts.goodToKnow}</h2>
        <EventFacts live={live} />
      </section>
      <section aria-labelledby="proof">
        <h2 id="proof">{texts.proofTitle}</h2>
        <ProofNote eventId={event.event_id} />
      </section>
    </>
  );
}

/** Paragraphs of a text, which empty lines part. */
function paragraphsOf(text: string): string[] {
  return text.split(/\n\s*\n/).map((part) => part.trim()).filter((part) => part !== "");
}
