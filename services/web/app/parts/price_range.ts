import { useFormat, useMessages } from "../messages/use_messages.ts";

/** Says what tickets cost that have several prices, in major units: "₹399", "from ₹399", "Free to ₹4,999". */
export function usePriceRange(): (min: number, max: number, currency: string) => string {
  const { common } = useMessages();
  const { money } = useFormat();
  return function priceRange(min, max, currency) {
    if (max === 0) return common.free;
    if (min === 0) return common.freeTo(money(max, currency));
    const price = money(min, currency);
    return min === max ? price : common.from(price);
  };
}
