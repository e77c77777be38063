/** What the table says of one error. */
export interface ErrorEntry {
  /** HTTP status of the answer. */
  status: number;
  /** Whether the same call may succeed later without anybody changing anything. */
  retryable: boolean;
  /** Public text: what happened and what to do. */
  text: string;
}
