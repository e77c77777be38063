import type { Operator } from '../../../db/domain/settings/operator.ts';

export interface LegalText {
  title: string;
  purpose: string;
  parts: readonly { title: string; text: readonly string[] }[];
}

/** What every legal page says where the operator has not entered anything. */
export const unnamedOperator = {
  title: 'The operator hasn’t entered its details',
  text: 'BizOSaaS is software that anyone can run. The operator of this installation has not entered a name, an address and a contact yet, so these pages can’t name it. Don’t enter real business data here until it does.',
  howTo:
    'Set OPERATOR_NAME, OPERATOR_ADDRESS (lines separated by semicolons) and OPERATOR_EMAIL for the API processes, then restart them.',
} as const;

export const operatorLabels = {
  title: 'Operator',
  name: 'Name',
  address: 'Address',
  email: 'Email',
  phone: 'Phone',
  registration: 'Registration',
  security: 'Report a vulnerability',
} as const;

const nameOf = (operator: Operator | null) => operator?.name ?? 'the operator of this installation';

export const imprintText: LegalText = {
  title: 'Imprint',
  purpose: 'Who runs this installation and is responsible for its content.',
  parts: [],
};

/** A template for a platform that its operator hosts; the operator answers for it and can replace it. */
export const termsText = (operator: Operator | null): LegalText => ({
  title: 'Terms',
  purpose: 'What you agree to when your business uses this platform.',
  parts: [
    {
      title: 'Who the contract is with',
      text: [
        `Your contract is with ${nameOf(operator)}, named at the end of this page. It is made when your business confirms the last step of setup, “Go live”. The person who does so confirms that they may act for the business.`,
      ],
    },
    {
      title: 'What you get',
      text: [
        'Access to the portal and API, to the integrations your plan allows, and to the processes the portal offers. The pricing page and the setup wizard state what each plan includes and costs.',
        'Integrations are services of other companies. Their own terms apply to your accounts with them, and we can’t answer for their availability.',
      ],
    },
    {
      title: 'Price and payment',
      text: [
        'The price of your plan is shown before you confirm it. A free trial charges nothing until it ends; after that, the price is charged in advance for each month or year to the card you entered.',
        'Invoices are in the portal under Billing.',
      ],
    },
    {
      title: 'Your duties',
      text: [
        'Keep passwords and keys secret and your details correct. Give access only to people who may act for your business. You are responsible for what they, your workflows and your agents do here, including what they approve.',
        'Don’t use the platform to break the law, to send unsolicited messages, to attack systems or to handle data you have no right to.',
      ],
    },
    {
      title: 'Your data',
      text: [
        'What you enter stays yours. We use it only to run the platform for you; the privacy page says how.',
      ],
    },
    {
      title: 'Availability and liability',
      text: [
        'Processes are built to resume after an outage, and the status page says what works right now. No particular availability is promised unless agreed in writing.',
        'Liability follows the law of the country in which the operator has its registered address. Nothing here limits liability that can’t be limited by law.',
      ],
    },
    {
      title: 'End and changes',
      text: [
        'Either side can end the contract at the end of the period that is paid for, by writing to the contact below. Setup that isn’t finished within 14 days ends without cost, and what it made is removed.',
        'We announce changes to these terms by email at least 30 days ahead. If you don’t agree, you can end the contract before they apply.',
      ],
    },
  ],
});

/** What the platform really keeps; the periods are those of its retention rules. */
export const privacyText = (operator: Operator | null): LegalText => ({
  title: 'Privacy',
  purpose: 'Which personal data this platform keeps, why and for how long.',
  parts: [
    {
      title: 'Who is responsible',
      text: [
        `The controller for accounts and the use of this site is ${nameOf(operator)}, named at the end of this page. For data that a business handles here about its own customers, that business is the controller and the operator its processor.`,
      ],
    },
    {
      title: 'What is kept, and why',
      text: [
        'Account: name, email address, role, timezone, language and a one-way hash of the password, to let you sign in and to write to you.',
        'Business: profile, chosen plan, integrations and settings, to provide what you chose. Of a card, only its brand, last four digits and expiry; the payment provider keeps the rest.',
        'Records: sign-ins and every change, with time, IP address and browser, to protect accounts and to prove who did what.',
        'Credentials for integrations are stored encrypted and used only for the calls you or your automations make.',
      ],
    },
    {
      title: 'Cookies',
      text: [
        'Only what is needed: a session cookie when you sign in, and cookies that hold the message of the next page and when you last opened your activity. Your choice of light or dark stays in your browser. There is no tracking and no advertising.',
      ],
    },
    {
      title: 'Who receives data',
      text: [
        'The payment provider, the mail server, and the integrations you connect, each only what its task needs. Nothing is sold.',
      ],
    },
    {
      title: 'How long',
      text: [
        'Account and business data: as long as the contract runs. Sign-in codes, expired sessions and other short-lived records are removed automatically every night. Invoices and the audit log stay longer, so that what happened can be proven.',
      ],
    },
    {
      title: 'Your rights',
      text: [
        'You can ask for access, correction, deletion, restriction and a copy of your data, and object to its use. Write to the contact below. You can also complain to the data protection authority of your country.',
      ],
    },
  ],
});
