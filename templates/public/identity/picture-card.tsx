import type { VNode } from 'preact';
import { paths } from '../../paths.ts';
import type { PageContext } from '../../page-context.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { SubmitButton } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { describe, Field } from '../../ui/field.tsx';
import { Form, PostButton } from '../../ui/form.tsx';
import { type FormState, useField } from '../../ui/form-state.tsx';
import { profileCopy } from './copy.ts';

const copy = profileCopy.picture;

function FileInput(): VNode {
  const field = useField('picture', copy.label);
  return (
    <Field field={field} label={copy.label} help={copy.help}>
      <input
        class={field.error ? 'form-control bz-wrong' : 'form-control'}
        id={field.id}
        name="picture"
        type="file"
        accept="image/jpeg,image/png,image/webp"
        {...describe(field, copy.help)}
      />
    </Field>
  );
}

/** Shown by picture-crop.js once a picture is chosen; without it the middle is kept. */
function Crop(): VNode {
  const slider = (name: 'size' | 'x' | 'y', min: string, initial: string) => (
    <label class="form-label">
      {copy[name]}
      <input
        class="form-range"
        type="range"
        name={name}
        min={min}
        max="1"
        step="0.01"
        value={initial}
        disabled
      />
    </label>
  );
  return (
    <fieldset class="bz-crop" data-crop hidden>
      <legend class="form-label">{copy.crop}</legend>
      <canvas width="256" height="256" role="img" aria-label={copy.preview} />
      {slider('size', '0.1', '1')}
      {slider('x', '0', '0.5')}
      {slider('y', '0', '0.5')}
    </fieldset>
  );
}

/** The viewer's picture. POST /account/profile/picture: picture, size, x, y; …/picture/remove. */
export function PictureCard(props: {
  frame: PageContext;
  name: string;
  picture: string | null;
  form: FormState | undefined;
}): VNode {
  const { frame, picture } = props;
  const remove = picture ? (
    <PostButton frame={frame} action={paths.removeProfilePicture}>
      <SubmitButton small>{copy.remove}</SubmitButton>
    </PostButton>
  ) : undefined;
  return (
    <Card title={copy.title} action={remove}>
      <p>
        <Avatar name={props.name} picture={picture} large />
      </p>
      <Form frame={frame} action={paths.profilePicture} state={props.form} idPrefix="picture" upload>
        <FileInput />
        <Crop />
        <SubmitButton>{copy.submit}</SubmitButton>
      </Form>
    </Card>
  );
}
