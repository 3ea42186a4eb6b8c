import { Link } from "@tanstack/react-router";
import { useFormat } from "../../messages/use_messages.ts";
import { unbroken } from "../../parts/unbroken.ts";
import type { Overview, Task } from "../api/overview.ts";
import { useConsoleMessages } from "../use_console.ts";

/** What the organiser may have to do, the soonest first. */
export function NeedsYou({ overview: known }: { overview: Overview | undefined }) {
  const { overview } = useConsoleMessages();
  const isFine = known && known.needs_you.length === 0 && known.paused_webhooks.length === 0;
  return (
    <section className="needs-you" aria-labelledby="needs-you-title" aria-busy={!known}>
      <h2 id="needs-you-title">{overview.needsYou}</h2>
      {isFine ? <p className="soft">{overview.allFine}</p> : null}
      <ul>
        {known?.paused_webhooks.map(({ webhook_id, url }) => (
          <li key={webhook_id}>
            <b>{overview.pausedWebhook}</b>
            <span className="soft">{overview.pausedWebhookMore(url)}</span>
          </li>
        ))}
        {known?.needs_you.map((task) => <TaskRow key={task.event_id} task={task} />)}
      </ul>
    </section>
  );
}

function TaskRow({ task }: { task: Task }) {
  const [title, more] = useTaskTexts(task);
  return (
    <li>
      <Link to="/console/events/$eventId" params={{ eventId: task.event_id }}>
        <b>{title}</b>
      </Link>
      <span className="soft">{more}</span>
    </li>
  );
}

function useTaskTexts(task: Task): [title: string, more: string] {
  const { overview } = useConsoleMessages();
  const { number, day } = useFormat();
  const name = unbroken(task.name);
  switch (task.kind) {
    case "draft_starts_soon":
      return [
        overview.draftSoon(name),
        overview.draftSoonMore(day(task.start_datetime.slice(0, "2026-12-12".length))),
      ];
    case "people_wait":
      return [
        overview.peopleWait(name),
        overview.peopleWaitMore(task.waiting, number(task.waiting)),
      ];
    case "sold_out":
      return [overview.soldOut(name), overview.soldOutMore];
    case "few_left": {
      const left = task.available_seats;
      return [overview.fewLeft(name), overview.fewLeftMore(left, number(left))];
    }
  }
}
