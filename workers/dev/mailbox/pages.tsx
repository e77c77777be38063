import type { JSX } from 'preact';
import { Page, Time } from '../kit/layout.tsx';
import type { Mail } from './mail.ts';
import { plainCount } from '../../../db/domain/plural.ts';

/** The inbox: every mail, newest first, or those to one address. */
export function InboxPage({ mails, to }: { mails: readonly Mail[]; to: string }): JSX.Element {
  return (
    <Page title="Mailbox">
      <p>Every mail this copy of BizOSaaS sends arrives here and nowhere else.</p>
      <form method="get" action="/">
        <label>
          Recipient <input type="email" name="to" value={to} autocomplete="off" />
        </label>{' '}
        <button>Show</button>
      </form>
      {mails.length === 0 ? <p>No mail{to ? ` to ${to}` : ' yet'}.</p> : <MailTable mails={mails} />}
    </Page>
  );
}

function MailTable({ mails }: { mails: readonly Mail[] }): JSX.Element {
  return (
    <div class="scroll">
      <table>
        <caption>{plainCount(mails.length, 'mail', 'mails')}, newest first</caption>
        <thead>
          <tr>
            <th scope="col">Subject</th>
            <th scope="col">To</th>
            <th scope="col">From</th>
            <th scope="col">Received</th>
            <th scope="col">Deliveries</th>
          </tr>
        </thead>
        <tbody>
          {mails.map((mail) => (
            <tr key={mail.id}>
              <td>
                <a href={`/mails/${mail.id}`}>{mail.subject || '(no subject)'}</a>
              </td>
              <td>{mail.to.join(', ')}</td>
              <td>{mail.from}</td>
              <td>
                <Time at={mail.receivedAt} />
              </td>
              <td>{mail.deliveries}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One mail. Its HTML is shown in a frame without scripts, forms or access to this page; links open outside of it. */
export function MailPage({ mail }: { mail: Mail }): JSX.Element {
  return (
    <Page title={mail.subject || '(no subject)'}>
      <p>
        <a href="/">Back to the mailbox</a>
      </p>
      <dl>
        <dt>To</dt>
        <dd>{mail.to.join(', ')}</dd>
        <dt>From</dt>
        <dd>{mail.from}</dd>
        <dt>Received</dt>
        <dd>
          <Time at={mail.receivedAt} />
          {mail.deliveries > 1 ? `, delivered ${mail.deliveries} times` : ''}
        </dd>
      </dl>
      {mail.html === null ? null : (
        <section>
          <h2>HTML</h2>
          <iframe
            title="HTML part of the mail"
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            srcdoc={withOutsideLinks(mail.html)}
          />
        </section>
      )}
      <h2>Text</h2>
      <pre>{mail.text}</pre>
      {mail.attachments.length === 0 ? null : <Attachments mail={mail} />}
      <details>
        <summary>Headers</summary>
        <pre>{mail.headers.map(({ name, value }) => `${name}: ${value}`).join('\n')}</pre>
      </details>
    </Page>
  );
}

function Attachments({ mail }: { mail: Mail }): JSX.Element {
  return (
    <section>
      <h2>Attachments</h2>
      <ul>
        {mail.attachments.map((attachment, index) => (
          <li key={attachment.filename}>
            <a href={`/mails/${mail.id}/attachments/${index}`} download={attachment.filename}>
              {attachment.filename}
            </a>{' '}
            ({attachment.contentType})
          </li>
        ))}
      </ul>
    </section>
  );
}

function withOutsideLinks(html: string): string {
  return `<base target="_blank">${html}`;
}
