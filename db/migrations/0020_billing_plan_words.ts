/** No plan promises agents that don't run yet, or more of them than the catalog has. */
export const name = '0020_billing_plan_words';

export const up = `
  update plans set summary = 'For several teams that use every tool.'
    where key = 'scale' and summary = 'For several teams, every tool and agent.';
  update plans set max_agents = 5 where key = 'scale' and max_agents = 10;`;
