import { Link } from "@tanstack/react-router";
import { useConsoleMessages } from "../use_console.ts";

/** For an organiser without events: the three steps to the first sale. */
export function FirstSteps({ hasVenue }: { hasVenue: boolean }) {
  const { overview } = useConsoleMessages();
  return (
    <section className="first-steps" aria-labelledby="first-steps-title">
      <h2 id="first-steps-title">{overview.stepsTitle}</h2>
      <ol>
        <li>
          <h3>{overview.stepVenue}</h3>
          <p>{hasVenue ? overview.stepVenueThere : overview.stepVenueMore}</p>
          <Link className={hasVenue ? "btn btn--second" : "btn"} to="/console/venues/new">
            {overview.newVenue}
          </Link>
        </li>
        <li>
          <h3>{overview.stepEvent}</h3>
          <p>{overview.stepEventMore}</p>
          <Link className={hasVenue ? "btn" : "btn btn--second"} to="/console/events/new">
            {overview.newEvent}
          </Link>
        </li>
        <li>
          <h3>{overview.stepPublish}</h3>
          <p>{overview.stepPublishMore}</p>
        </li>
      </ol>
    </section>
  );
}
