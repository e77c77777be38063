/** The fields of a server's credential form, and what a token endpoint added to them. */
export type Credentials = Readonly<Record<string, string>>;

/** Where a connection's credentials come from, and where renewed ones go. */
export interface CredentialSource {
  read(): Promise<Credentials>;
  /**
   * Renews the credentials once, however many callers ask at the same time, in this process and in others. When others
   * have renewed meanwhile (the access token is no longer `stale`), theirs are returned and the vendor isn't asked.
   * What `exchange` returns is stored before it is used, since a vendor may have invalidated the old ones.
   */
  renew(
    stale: string | undefined,
    exchange: (current: Credentials) => Promise<Credentials>,
  ): Promise<Credentials>;
}

/** Credentials of one process: renewals run one at a time, `save` keeps them. */
export function ownCredentials(
  initial: Credentials,
  save: (credentials: Credentials) => Promise<void> = async () => undefined,
): CredentialSource {
  let current = initial;
  let renewal: Promise<Credentials> | null = null;

  async function renewOnce(exchange: (from: Credentials) => Promise<Credentials>): Promise<Credentials> {
    const renewed = await exchange(current);
    await save(renewed);
    current = renewed;
    return renewed;
  }

  return {
    read: async () => current,
    async renew(stale, exchange) {
      if (renewal) return renewal;
      if (current['accessToken'] !== stale) return current;
      renewal = renewOnce(exchange).finally(() => (renewal = null));
      return renewal;
    },
  };
}
