/** One error of a GoogleAdsFailure. */
export interface AdsFailure {
  errorCode?: Record<string, string>;
  message?: string;
  location?: { fieldPathElements?: { fieldName?: string; index?: number }[] };
  details?: { quotaErrorDetails?: { retryDelay?: string } };
}

/** The code within its family: `{campaignError: 'DUPLICATE_CAMPAIGN_NAME'}` says DUPLICATE_CAMPAIGN_NAME. */
export function wordOf({ errorCode }: AdsFailure): string {
  return Object.values(errorCode ?? {})[0] ?? '';
}

/** "operations.0.create.name" */
export function fieldOf({ location }: AdsFailure): string {
  return (location?.fieldPathElements ?? [])
    .flatMap(({ fieldName, index }) => [fieldName, index])
    .filter((part) => part !== undefined)
    .join('.');
}
