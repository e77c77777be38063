/** One entry of the error table. */
export interface ErrorEntry {
  /** HTTP status of the answer. */
  status: number;
  /** Whether the same call may succeed later without any change. */
  retryable: boolean;
  /** Public text: what happened and what to do. */
  text: string;
}
