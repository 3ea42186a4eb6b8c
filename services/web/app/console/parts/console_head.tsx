import { Head } from "../../parts/head.tsx";
import { useMessages } from "../../messages/use_messages.ts";
import { useConsoleMessages } from "../use_console.ts";

/** The title of a page of the console, which no search engine shows. */
export function ConsoleHead({ title, hasErrors = false }: { title: string; hasErrors?: boolean }) {
  const { common } = useMessages();
  const { frame } = useConsoleMessages();
  const whole = frame.title(title);
  return <Head title={hasErrors ? common.errorInTitle(whole) : whole} noindex />;
}
