const Mocha = require('mocha');
const { forbiddenSkips, sumLine } = require('./outcome.ts');

/** The spec reporter; skips that CI forbids fail the run, and the last line is the sum. */
module.exports = function Reporter(runner, options) {
  const spec = new Mocha.reporters.Spec(runner, options);
  const skips = [];
  runner.on('pending', (test) => skips.push(test.fullTitle()));
  this.done = (failures, end) => {
    const forbidden = forbiddenSkips(skips);
    for (const title of forbidden) console.log(`Skipped, and not in allowed-skips.json: ${title}`);
    const { passes: passed, failures: failed } = spec.stats;
    const skipped = skips.length - forbidden.length;
    console.log(sumLine({ passed, failed: failed + forbidden.length, skipped }));
    end(failures + forbidden.length);
  };
};
