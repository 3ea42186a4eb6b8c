import { type SubmitEvent, useId } from "react";
import type { PublicEvent } from "../../../api/events.ts";
import { useMessages } from "../../../messages/use_messages.ts";
import { Stepper } from "../../../parts/stepper.tsx";
import { ActionNote } from "../action_note.tsx";
import type { Action } from "../use_action.ts";
import { TypeChoice } from "./type_choice.tsx";
import { type Choice, limitsOf, toggled } from "./wish.ts";

/** How many, of which types, and whether fewer would do. */
export function JoinForm(props: {
  event: PublicEvent;
  choice: Choice;
  onChoose(choice: Choice): void;
  fewerWelcome: boolean;
  onFewerWelcome(welcome: boolean): void;
  action: Action;
  onJoin(): void;
}) {
  const { event, choice, onChoose, action, onJoin } = props;
  const { waitlist } = useMessages();
  const countId = useId();
  const { least, most } = limitsOf(event, choice.ticketTypeIds);
  const lacksType = choice.ticketTypeIds.length === 0;
  const submit = (submitted: SubmitEvent<HTMLFormElement>) => {
    submitted.preventDefault();
    if (!lacksType) onJoin();
  };
  return (
    <form className="wait-form" onSubmit={submit} noValidate>
      {event.ticket_types.length > 1
        ? (
          <TypeChoice
            event={event}
            chosen={choice.ticketTypeIds}
            onToggle={(id) => onChoose(toggled(event, choice, id))}
          />
        )
        : null}
      <p className="wait-count">
        <b id={countId}>{waitlist.count}</b>
        <Stepper
          labelledBy={countId}
          fewer={waitlist.fewerButton}
          more={waitlist.moreButton}
          value={choice.count}
          least={least}
          most={most}
          onChange={(count) => onChoose({ ...choice, count })}
        />
      </p>
      {choice.count > 1
        ? (
          <label className="check">
            <input
              type="checkbox"
              checked={props.fewerWelcome}
              onChange={({ target }) => props.onFewerWelcome(target.checked)}
              aria-describedby="fewer-hint"
            />
            <span>
              <b>{waitlist.fewerWelcome}</b>
              <span id="fewer-hint" className="check-hint">{waitlist.fewerWelcomeHint}</span>
            </span>
          </label>
        )
        : null}
      <ActionNote state={action.state} />
      <button
        className="btn btn--wide"
        type="submit"
        aria-busy={action.isBusy}
        aria-disabled={lacksType || action.isBusy || action.state.kind === "limited"}
      >
        {action.isBusy ? waitlist.joining : waitlist.join}
      </button>
      <p className="small soft">{waitlist.nothingToPay}</p>
    </form>
  );
}
