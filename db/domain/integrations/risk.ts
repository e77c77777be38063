/** What a tool can do to the world, mildest first. The class is ours; hints a server gives about itself decide nothing. */
export const risks = {
  read: { title: 'Reads', sentence: 'Reads data without changing it.', needsApproval: false },
  write: {
    title: 'Writes',
    sentence: 'Adds or changes data in ways you can undo.',
    needsApproval: false,
  },
  send: { title: 'Sends', sentence: 'Contacts people outside the business.', needsApproval: true },
  money: { title: 'Moves money', sentence: 'Charges, pays, refunds or spends.', needsApproval: true },
  destructive: { title: 'Destroys', sentence: 'Deletes data permanently.', needsApproval: true },
} as const;
export type RiskClass = keyof typeof risks;
export const riskClasses = Object.keys(risks) as [RiskClass, ...RiskClass[]];

/** Whether a person has to agree to each call before it is made. */
export function needsApproval(risk: RiskClass): boolean {
  return risks[risk].needsApproval;
}
