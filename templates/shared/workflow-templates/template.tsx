import type { VNode } from 'preact';
import {
  allSteps,
  type Definition,
  type Parameter,
  type Parameters,
} from '../../../db/domain/runs/templates/definition.ts';
import { kindOfParameter } from '../../../db/domain/runs/templates/edit/parameter-form.ts';
import { Shell } from '../../layout/shell.tsx';
import type { PageContext } from '../../page-context.ts';
import { paths, withQuery } from '../../paths.ts';
import { DialogButton, LinkButton, SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { fieldTitle } from '../../ui/field-title.ts';
import { PostButton } from '../../ui/form.tsx';
import type { FormState } from '../../ui/form-state.tsx';
import { Notice } from '../../ui/notice.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import type { StateOf } from '../../ui/status.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { templatesCopy as copy } from './copy.ts';
import { editCopy } from './edit-copy.ts';
import { TemplateGraph } from './graph/graph.tsx';
import { PublishDialog } from './publish.tsx';
import { RunsTable, type TemplateRun } from './runs.tsx';
import { Starts, type StartsProps } from './starts.tsx';
import { StepOutline } from './step-outline.tsx';
import { VersionsCard, type VersionRow } from './versions.tsx';

export const templateTabs = ['overview', 'graph', 'runs', 'starts'] as const;
export type TemplateTab = (typeof templateTabs)[number];

/** With more of them, the list stands on a page of its own. */
const fewSteps = 40;

export interface TemplatePageProps {
  frame: PageContext;
  template: {
    id: string;
    title: string;
    summary: string;
    origin: 'own' | 'platform' | 'curated';
    state: StateOf<'template'>;
    liveVersion: number | null;
    newestVersion: number;
  };
  tab: TemplateTab;
  /** The version that is shown. */
  version: number;
  definition: Definition;
  /** Problems of the version that is shown. */
  problems: number;
  versions: readonly VersionRow[];
  runs: readonly TemplateRun[];
  openRuns: number;
  /** Of the source of a copy, where there is a newer one. */
  upgrade: number | null;
  may: { edit: boolean; start: boolean };
  requestKey: string;
  starts: Omit<StartsProps, 'frame' | 'id' | 'live' | 'mayEdit'>;
  /** A refused publication. */
  refused?: FormState | undefined;
}

function Actions(props: TemplatePageProps): VNode {
  const { frame, template, may, requestKey } = props;
  const to = (action: string) => paths.workflowTemplateAction(template.id, action);
  const isOwn = template.origin === 'own';
  const mayStart = isOwn && may.start && template.liveVersion !== null;
  const isDraft = isOwn && may.edit && template.state !== 'live';
  return (
    <>
      {isDraft ? (
        <DialogButton look={mayStart ? 'plain' : 'primary'} dialog="publish">
          {editCopy.publish}
        </DialogButton>
      ) : null}
      {mayStart ? (
        <LinkButton look="primary" icon="player-play" href={to('start')}>
          {copy.start}
        </LinkButton>
      ) : null}
      {isOwn && may.edit ? (
        <LinkButton icon="settings" href={to('edit')}>
          {copy.edit}
        </LinkButton>
      ) : null}
      {!isOwn && may.edit ? (
        <PostButton frame={frame} action={to('copy')} hidden={{ requestKey: `${requestKey}-${template.id}` }}>
          <SubmitButton look="primary" icon="copy">
            {copy.use}
          </SubmitButton>
        </PostButton>
      ) : null}
      <LinkButton icon="progress" href={withQuery(to('dry-run'), { version: String(props.version) })}>
        {copy.dryRun}
      </LinkButton>
    </>
  );
}

function Notices(props: TemplatePageProps): VNode {
  const { template, version, upgrade, problems } = props;
  return (
    <>
      {version !== template.newestVersion ? (
        <Notice tone="idle" icon="info-circle">
          {copy.shown(version)} <a href={paths.workflowTemplate(template.id)}>{copy.newest}</a>
        </Notice>
      ) : null}
      {template.origin === 'own' && template.state !== 'live' ? (
        <Notice tone="waiting" icon="info-circle">
          {copy.draftNotice(template.liveVersion)}
        </Notice>
      ) : null}
      {problems > 0 ? (
        <Notice tone="attention" icon="alert-triangle">
          {copy.problems(problems)}
        </Notice>
      ) : null}
      {upgrade !== null ? (
        <Notice tone="running" icon="info-circle">
          {copy.upgradeNotice(upgrade)}{' '}
          <a href={paths.workflowTemplateAction(template.id, 'upgrade')}>{copy.upgradeSee}</a>
        </Notice>
      ) : null}
    </>
  );
}

function ParametersCard({ parameters }: { parameters: Parameters }): VNode {
  const rows = Object.entries(parameters.properties).map(([name, parameter]) => ({ name, parameter }));
  const preset = (value: Parameter['default']) =>
    value === undefined ? '–' : Array.isArray(value) ? value.join(', ') : String(value);
  return (
    <Card title={copy.parameters.title} note={copy.parameters.note} flush={rows.length > 0}>
      {rows.length === 0 ? (
        <p class="bz-muted">{copy.parameters.empty}</p>
      ) : (
        <DataTable
          caption={copy.parameters.title}
          rows={rows}
          columns={[
            {
              title: copy.parameters.field,
              render: ({ name, parameter }) => parameter.title ?? fieldTitle(name),
            },
            {
              title: copy.parameters.kind,
              phone: 'label',
              render: ({ parameter }) => editCopy.kinds[kindOfParameter(parameter)],
            },
            {
              title: copy.parameters.required,
              phone: 'label',
              render: ({ name }) =>
                parameters.required.includes(name) ? copy.parameters.yes : copy.parameters.no,
            },
            {
              title: copy.parameters.default,
              phone: 'label',
              render: ({ parameter }) => preset(parameter.default),
            },
          ]}
        />
      )}
    </Card>
  );
}

function Overview(props: TemplatePageProps): VNode {
  const { definition, template, versions } = props;
  return (
    <>
      <Card title={copy.steps.title} note={copy.steps.note}>
        <StepOutline steps={definition.steps} label={copy.steps.title} />
      </Card>
      <ParametersCard parameters={definition.parameters} />
      {template.origin === 'own' ? (
        <VersionsCard {...props} id={template.id} versions={versions} mayEdit={props.may.edit} />
      ) : null}
    </>
  );
}

/** GET /workflow-templates/:templateId */
export function TemplatePage(props: TemplatePageProps): VNode {
  const { frame, template, tab, definition } = props;
  const tabs = templateTabs.filter((key) => !['runs', 'starts'].includes(key) || template.origin === 'own');
  const href = (key: TemplateTab) =>
    withQuery(paths.workflowTemplate(template.id), {
      tab: key === 'overview' ? undefined : key,
      version: props.version === template.newestVersion ? undefined : String(props.version),
    });
  return (
    <Shell frame={frame} title={template.title}>
      <PageHeader
        crumbs={[{ title: copy.title, href: paths.workflowTemplates }]}
        title={template.title}
        mark={<StatusBadge kind="template" state={template.state} />}
        purpose={template.summary}
        action={<Actions {...props} />}
      />
      <Notices {...props} />
      <Tabs
        label={template.title}
        tabs={tabs.map((key) => ({ key, title: copy.tabs[key], href: href(key) }))}
        current={tab}
      />
      {tab === 'overview' ? <Overview {...props} /> : null}
      {tab === 'graph' ? (
        <>
          <Card title={copy.tabs.graph}>
            <TemplateGraph title={`${copy.tabs.graph}: ${template.title}`} definition={definition} />
          </Card>
          {allSteps(definition.steps).length > fewSteps ? (
            <p>
              <a href={href('overview')}>{copy.steps.asList}</a>
            </p>
          ) : (
            <Card title={copy.steps.title} note={copy.steps.note}>
              <StepOutline steps={definition.steps} label={copy.steps.title} />
            </Card>
          )}
        </>
      ) : null}
      {tab === 'starts' ? (
        <Starts
          {...props.starts}
          frame={frame}
          id={template.id}
          live={template.liveVersion === props.version}
          mayEdit={props.may.edit}
        />
      ) : null}
      {tab === 'runs' ? <RunsTable {...props} id={template.id} /> : null}
      {template.origin === 'own' && props.may.edit ? (
        <PublishDialog frame={frame} id={template.id} version={props.version} state={props.refused} />
      ) : null}
    </Shell>
  );
}
