import { decodeBody } from './body.ts';
import { type Answer, type Asked, type BodyForm, form, json, reply, type TokenEndpoint } from './contract.ts';
import { flat, typed } from './decode.ts';
import { faults } from './schema.ts';
import { constant, matching, type Members, object, text } from './shapes.ts';

/** Access tokens as the vendor's token endpoint gives them: `access-1`, `refresh-1` and so on. */
export interface Tokens {
  /** Whether this request is one for the token endpoint. */
  isFor(asked: Asked): boolean;
  /** What is wrong with a token request. */
  check(asked: Asked): Promise<{ fields: Record<string, unknown>; violations: string[] }>;
  answer(fields: Record<string, unknown>): Answer;
  /** From now on only access tokens that are issued later are accepted. */
  expire(): void;
  accepts(asked: Asked): boolean;
  /** As at the start: nothing issued, every access token good. */
  forget(): void;
}

export function createTokens(endpoint: TokenEndpoint | undefined): Tokens {
  let issued = 0;
  let accepted: Set<string> | null = null;
  const voided = new Set<string>();
  const [, path = ''] = endpoint?.route.split(' ') ?? [];

  return {
    isFor: (asked) => endpoint !== undefined && asked.method === 'POST' && asked.path === path.split('?')[0],
    check: (asked) => checkTokenRequest(endpoint!, asked),
    answer(fields) {
      const { rotates, lifeS, answer } = endpoint!;
      const refresh = fields['refresh_token'];
      if (typeof refresh === 'string' && voided.has(refresh)) {
        return reply(400, { error: 'invalid_grant', error_description: 'This refresh token is used up.' });
      }
      issued += 1;
      const gives = fields['grant_type'] === 'authorization_code' || (rotates && typeof refresh === 'string');
      if (rotates && typeof refresh === 'string') voided.add(refresh);
      accepted?.add(`access-${issued}`);
      return reply(200, {
        access_token: `access-${issued}`,
        token_type: 'Bearer',
        expires_in: lifeS,
        ...(gives && { refresh_token: `refresh-${issued}` }),
        ...answer,
      });
    },
    expire() {
      accepted = new Set();
    },
    accepts({ headers }) {
      const [, token = ''] = /^(?:\S+ )?(.+)$/.exec(headers['authorization'] ?? '') ?? [];
      return accepted === null || accepted.has(token);
    },
    forget() {
      issued = 0;
      accepted = null;
      voided.clear();
    },
  };
}

async function checkTokenRequest(
  { clientAuth, grants, in: place = 'form' }: TokenEndpoint,
  asked: Asked,
): Promise<{ fields: Record<string, unknown>; violations: string[] }> {
  const inBody: Members = clientAuth === 'body' ? { client_id: text, client_secret: text } : {};
  const shapes = Object.entries(grants).map(([grant, members]) =>
    object({ grant_type: constant(grant), ...inBody, ...members }),
  );
  const any = { anyOf: shapes };
  const proof =
    clientAuth === 'basic'
      ? faults('header', basicProof, { authorization: asked.headers['authorization'] ?? '' })
      : [];
  const doubled =
    clientAuth === 'body' && asked.headers['authorization']
      ? ['header authorization: is not documented']
      : [];
  const bodies: BodyForm[] = place === 'query' ? [] : [place === 'json' ? json(any) : form(any)];
  const { value, violations } = await decodeBody(asked, bodies);
  const inQuery = typed(flat(asked.search), any) as Record<string, unknown>;
  const fields = (place === 'query' ? inQuery : (value ?? {})) as Record<string, unknown>;
  const grant = shapes[Object.keys(grants).indexOf(String(fields['grant_type'] as string))];
  const wrong = grant
    ? faults(place, grant, fields)
    : [`${place}.grant_type: must be one of ${Object.keys(grants).join(', ')}`];
  const stray =
    place === 'query' ? [] : [...asked.search.keys()].map((name) => `query.${name}: is not documented`);
  return {
    fields,
    violations: [...proof, ...doubled, ...violations, ...wrong, ...stray].map((one) => `token ${one}`),
  };
}

const basicProof = object({ authorization: matching(/^Basic [A-Za-z0-9+/]+={0,2}$/) });
