import type { StandIn } from './stand-in.ts';

/** An API key that is accepted once, when it is entered, and refused from then on. */
export const expiringKey = 'dec0de00dec0de00dec0de00dec0de00-us21';
let accepted = 0;

/** Mailchimp takes an API key as a bearer token and as the password of basic authentication. */
function keyIn(authorization = ''): string {
  const [scheme, value = ''] = authorization.split(' ');
  return scheme === 'Basic' ? Buffer.from(value, 'base64').toString() : value;
}

export const mailchimp: StandIn = {
  server: 'mailchimp',
  answer({ path, header }) {
    if (keyIn(header('authorization')).includes(expiringKey) && (accepted += 1) > 1) {
      const body = { title: 'API Key Invalid', status: 401, detail: 'Your API key may be invalid.' };
      return { status: 401, body };
    }
    if (path.endsWith('/lists')) {
      const stats = { member_count: 1_284, unsubscribe_count: 31 };
      return {
        status: 200,
        body: { lists: [{ id: 'a1b2c3d4e5', name: 'Newsletter', stats }], total_items: 1 },
      };
    }
    return { status: 404, body: { title: 'Resource Not Found', status: 404, detail: 'Not found.' } };
  },
};
