import type { CredentialField } from '../../../db/domain/integrations/credential-field.ts';

/**
 * The credential fields of a server with OAuth: the OAuth flow fills them in, and a credentials file may hold them.
 * `own` is the hint for vendors that also issue tokens by hand, which go into the access token's field.
 */
export function oauthFields(own?: string): CredentialField[] {
  return [
    {
      key: 'accessToken',
      label: 'Access token',
      hint: own ?? 'Filled in by connecting.',
      secret: true,
      optional: true,
    },
    { key: 'refreshToken', label: 'Refresh token', secret: true, optional: true },
    { key: 'clientId', label: 'Client id of the app', secret: false, optional: true },
    { key: 'clientSecret', label: 'Client secret of the app', secret: true, optional: true },
  ];
}
