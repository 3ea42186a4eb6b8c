const CHANNEL = "evently-bookings";

/** Tells the other tabs that this user's bookings have changed. */
export function announceBookings(): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage("changed");
  channel.close();
}

/** Calls `listener` when another tab has changed this user's bookings. @returns a function that ends it */
export function onBookingNews(listener: () => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = () => listener();
  return () => channel.close();
}
