/** A user as everybody may see who may see them: never with the password's hash. */
export interface User {
  user_id: string;
  /** As it was typed; accounts are told apart by its `emailKey`. */
  email: string;
  name: string;
  phone_number?: string;
  created_at: Date;
}
