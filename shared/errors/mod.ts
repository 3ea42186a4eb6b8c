export { ERROR_CODES, type ErrorCode, ERRORS, isErrorCode } from "./catalogue.ts";
export {
  DomainError,
  type DomainErrorOptions,
  type ErrorArguments,
  type ErrorDetail,
  hasCode,
  invalidInput,
  Unavailable,
} from "./domain_error.ts";
