import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { ApiError } from "../../../../api/errors.ts";
import { type Unanswered, unanswered } from "../../../../api/unanswered.ts";
import { useFormat } from "../../../../messages/use_messages.ts";
import { eventChanged, type EventScope } from "../../../api/event.ts";
import { type ManagedBookingDetail, refundBooking } from "../../../api/event_bookings.ts";
import { type Action, useAction } from "../../../parts/use_action.ts";
import { useConsole, useConsoleMessages } from "../../../use_console.ts";

/** A refund that was sent; its key makes it the same one, however often it is sent. */
export interface SentRefund {
  key: string;
  amount: number;
  reason: string;
}

/** Gives money back. What has no answer is kept over a reload, and sent again with its key. */
export function useRefund(
  { eventId, adminId }: EventScope,
  { booking_id: bookingId, currency }: ManagedBookingDetail,
): { refund: Action<SentRefund>; sent: SentRefund | undefined } {
  const { api } = useConsole();
  const { eventBookings: texts } = useConsoleMessages();
  const { money } = useFormat();
  const queryClient = useQueryClient();
  const kept: Unanswered<SentRefund> = unanswered(`evently-refund:${adminId}:${bookingId}`);
  const [sent, setSent] = useState(() => kept.read());

  function answered(): void {
    kept.drop();
    setSent(undefined);
  }

  const refund = useAction(async (input: SentRefund) => {
    kept.keep(input);
    setSent(input);
    try {
      const { amount } = await refundBooking(api, { eventId, bookingId, ...input });
      answered();
      return texts.refundMade(money(amount, currency));
    } catch (error) {
      // A service that is down may have made it; any other refusal is an answer.
      if (error instanceof ApiError && error.status < 500) answered();
      throw error;
    }
  }, {
    refusals: {
      REFUND_TOO_LARGE: texts.refundTooLarge,
      BOOKING_STATE_CONFLICT: texts.refundState,
      VALIDATION_FAILED: texts.amountWrong,
      UNAVAILABLE: texts.refundUnknown,
    },
    unknown: texts.refundUnknown,
    settled: () => eventChanged(queryClient, { eventId, adminId }),
  });
  return { refund, sent };
}
