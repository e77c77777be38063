/** One entry of the error table. */
export interface ErrorEntry {
  /** HTTP status of the answer. */
  status: number;
  /** Whether the same call may succeed later without any change. */
  retryable: boolean;
  /** Public text: what happened and what to do. */
  text: string;
  /**
   * Set where nothing is broken: what was asked for was refused, and other values or another moment would put it
   * right. A run that ends with such an error is refused, not failed.
   */
  refusal?: true;
}
