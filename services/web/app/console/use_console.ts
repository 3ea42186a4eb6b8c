import { useApp } from "../use_app.ts";
import type { ConsoleMessages } from "../messages/console_messages.ts";
import type { ConsoleContext } from "./context.ts";

/** What pages of the console may use: the API as the organiser, the log-in. */
export function useConsole(): ConsoleContext {
  const { console } = useApp();
  if (!console) throw new Error("useConsole() is called outside of the console");
  return console;
}

/** The console's texts in the reader's language. */
export function useConsoleMessages(): ConsoleMessages {
  return useConsole().messages;
}
