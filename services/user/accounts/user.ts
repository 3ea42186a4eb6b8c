/** A user, without the password hash. */
export interface User {
  userId: string;
  /** As typed at registration; accounts are told apart by its `emailKey`. */
  email: string;
  name: string;
  phoneNumber: string | undefined;
  createdAt: Date;
  /** BCP 47; of mails. */
  language: string;
  isEmailVerified: boolean;
}
