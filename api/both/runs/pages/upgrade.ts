import { z } from 'zod';
import { AppError } from '../../../../db/domain/errors.ts';
import { parameterChanges, stepChanges } from '../../../../db/domain/runs/templates/diff.ts';
import { paths } from '../../../../templates/paths.ts';
import { templatesCopy } from '../../../../templates/shared/workflow-templates/copy.ts';
import { UpgradePage } from '../../../../templates/shared/workflow-templates/upgrade.tsx';
import type { RequestContext } from '../../../kit/context.ts';
import { pageContextOf } from '../../../kit/page-context.ts';
import { type AnyRoute, defineForm, definePage } from '../../../kit/route.ts';
import { skipUpgrade, upgradeCopy, upgradeOf } from '../change-template.ts';
import { definitionOf, findSeen } from '../home.ts';
import { params, versionNumber } from '../schemas.ts';

const body = z.strictObject({ version: versionNumber });

/** What was looked at is what is decided on. Throws `template.changed`. */
async function assertSame(context: RequestContext, id: string, version: number): Promise<void> {
  const found = await upgradeOf(context, id);
  if (found?.version !== version) throw new AppError('template.changed');
}

async function upgradePage(context: RequestContext, id: string) {
  const template = await findSeen(context, id);
  const found = await upgradeOf(context, id);
  const current = await definitionOf(context, template, template.newestVersion);
  return UpgradePage({
    frame: pageContextOf(context),
    template,
    upgrade: found && {
      version: found.version,
      sourceTitle: found.title,
      steps: stepChanges(current, found.definition),
      parameters: parameterChanges(current, found.definition),
    },
    mayEdit: context.can('templates.edit'),
  });
}

/** What a copy is offered when its source has a newer version. */
export const upgradePages: AnyRoute[] = [
  definePage({
    path: '/workflow-templates/:templateId/upgrade',
    access: 'templates.read',
    params,
    show: (context, { params: { templateId } }) => upgradePage(context, templateId),
  }),
  defineForm({
    path: '/workflow-templates/:templateId/upgrade',
    access: 'templates.edit',
    params,
    body,
    async submit(context, { params: { templateId }, body: { version } }) {
      await assertSame(context, templateId, version);
      await upgradeCopy(context, templateId);
      const text = templatesCopy.upgrade.accepted;
      return { to: paths.workflowTemplate(templateId), flash: { kind: 'done', text } };
    },
  }),
  defineForm({
    path: '/workflow-templates/:templateId/skip-upgrade',
    access: 'templates.edit',
    params,
    body,
    async submit(context, { params: { templateId }, body: { version } }) {
      await assertSame(context, templateId, version);
      await skipUpgrade(context, templateId);
      const text = templatesCopy.upgrade.skipped;
      return { to: paths.workflowTemplate(templateId), flash: { kind: 'done', text } };
    },
  }),
];
