/**
 * What a page does before its program has come. It is a script of its own at the head of each page, as the policy allows
 * none within the page, and a classic one, as only that holds the first paint: it imports nothing that the program has.
 */
import "./early_presses.ts";
import "./theme.ts";
