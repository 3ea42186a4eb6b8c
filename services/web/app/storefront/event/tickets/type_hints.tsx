import { useFormat, useMessages } from "../../../messages/use_messages.ts";
import type { ChoiceLine } from "./choice.ts";

/** Fewer than this of a type are said to be few. */
const FEW_OF_TYPE = 20;

/** What a ticket type is, and what limits there are. */
export function TypeHints({ id, line: { type, limit, quantity }, isOnly }: {
  id: string;
  line: ChoiceLine;
  isOnly: boolean;
}) {
  const { event: texts } = useMessages();
  const { number } = useFormat();
  const isOnSale = type.state === "on_sale";
  const most = Math.max(limit, quantity, type.min_per_order);
  const hints = [
    type.gives > 1 && !isOnly ? texts.admits(type.gives, number(type.gives)) : undefined,
    isOnSale && type.min_per_order > 1 ? texts.atLeast(number(type.min_per_order)) : undefined,
    isOnSale && (isOnly || type.max_per_order < most) ? texts.atMost(number(most)) : undefined,
    type.max_per_buyer === undefined ? undefined : texts.perBuyer(number(type.max_per_buyer)),
    isOnSale && !isOnly && type.available < FEW_OF_TYPE
      ? texts.typeLeft(number(type.available))
      : undefined,
  ].filter((hint) => hint !== undefined);
  return (
    <span id={id} className="type-hints">
      {type.description ? <span>{type.description}</span> : null}
      {hints.length > 0 ? <span>{hints.join(texts.between)}</span> : null}
    </span>
  );
}
