import type { Revision } from './run.ts';

/** What does not apply: a whole scenario, or single checks of one that otherwise applies. */
export interface Exemption {
  why: string;
  scenarios: readonly string[];
  checks?: readonly string[];
  /** Only where this revision is spoken. */
  revision?: Revision;
}

/** What our servers do not offer, with the reason; everything else of the suite has to pass. */
export const beyondOurServers: readonly Exemption[] = [
  {
    why: 'Our servers have tools only: no resources.',
    scenarios: [
      'resources-list',
      'resources-read-text',
      'resources-read-binary',
      'resources-templates-read',
      'resources-subscribe',
      'resources-unsubscribe',
      'sep-2164-resource-not-found',
    ],
  },
  {
    why: 'Our servers have tools only: no prompts, so nothing to complete.',
    scenarios: [
      'prompts-list',
      'prompts-get-simple',
      'prompts-get-with-args',
      'prompts-get-embedded-resource',
      'prompts-get-with-image',
      'completion-complete',
    ],
  },
  {
    why: 'Our servers have no prompts and no resources; the hints of tools/list are checked.',
    scenarios: ['caching'],
    checks: [
      'sep-2549-prompts-list-caching-hints',
      'sep-2549-resources-list-caching-hints',
      'sep-2549-resources-templates-list-caching-hints',
    ],
  },
  {
    why: 'Our tools answer with data, as JSON text and as structured content.',
    scenarios: [
      'tools-call-image',
      'tools-call-audio',
      'tools-call-embedded-resource',
      'tools-call-mixed-content',
    ],
  },
  {
    why: 'A call of ours is one errand at a vendor: it sends no progress and no log messages.',
    scenarios: ['tools-call-with-progress', 'tools-call-with-logging', 'logging-set-level'],
  },
  {
    why: 'Our servers ask clients for nothing: no sampling, no elicitation, no roots.',
    scenarios: [
      'tools-call-sampling',
      'tools-call-elicitation',
      'elicitation-sep1034-defaults',
      'elicitation-sep1330-enums',
      'input-required-result-basic-elicitation',
      'input-required-result-basic-sampling',
      'input-required-result-basic-list-roots',
      'input-required-result-request-state',
      'input-required-result-multiple-input-requests',
      'input-required-result-multi-round',
      'input-required-result-missing-input-response',
      'input-required-result-non-tool-request',
      'input-required-result-result-type',
      'input-required-result-tampered-state',
      'input-required-result-capability-check',
      'input-required-result-ignore-extra-params',
    ],
  },
  {
    why: 'No tool of ours needs something of the client, so none can miss it.',
    scenarios: ['server-stateless'],
    checks: ['sep-2575-server-rejects-undeclared-capability', 'sep-2575-missing-capability-http-400'],
  },
  {
    why: 'Our servers keep no sessions, so there is nothing to resume, to poll or to end.',
    scenarios: ['server-sse-polling', 'server-session-lifecycle'],
  },
  {
    why: 'The same scenario passes where the revision has no sessions; with them, it wants one.',
    scenarios: ['server-sse-multiple-streams'],
    revision: '2025-11-25',
  },
  {
    why: 'An extension that our servers do not announce: long work is a process of the platform.',
    scenarios: [
      'tasks-lifecycle',
      'tasks-capability-negotiation',
      'tasks-wire-fields',
      'tasks-request-state-removal',
      'tasks-mrtr-input',
      'tasks-request-headers',
      'tasks-dispatch-and-envelope',
      'tasks-status-notifications',
      'tasks-required-task-error',
      'tasks-mrtr-composition',
    ],
  },
  {
    why: 'It wants a tool whose schema is written by hand with keywords that ours are not made of. Not scored.',
    scenarios: ['json-schema-2020-12'],
  },
];

/** What needs tools of the suite's own names; they are tried on a server of the kit that has them. */
export const needsFixture: readonly Exemption[] = [
  {
    why: 'It calls tools by the names of the suite.',
    scenarios: ['tools-call-simple-text', 'tools-call-error', 'http-custom-header-server-validation'],
  },
  {
    why: 'These checks call tools by the names of the suite.',
    scenarios: ['server-stateless'],
    checks: [
      'sep-2575-http-server-no-independent-requests-on-stream',
      'sep-2575-server-no-log-without-loglevel',
    ],
  },
];
