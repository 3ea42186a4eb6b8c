import { Link } from "@tanstack/react-router";

/** From the log-in to a new account or the other way round; the way back is kept. */
export function CrossLink({ question, answer, page, to }: {
  question: string;
  answer: string;
  page: "/login" | "/register" | "/console/login" | "/console/register";
  to: string | undefined;
}) {
  return (
    <p>
      {question} <Link to={page} search={to === undefined ? {} : { to }}>{answer}</Link>
    </p>
  );
}
