import { useMessages } from "../../messages/use_messages.ts";
import { HelpPage } from "./help_page.tsx";

/** What people can count on, however they read, point or type. */
export function AccessibilityPage() {
  const { help: { accessibility } } = useMessages();
  return <HelpPage path="/help/accessibility" {...accessibility} />;
}
