import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import { useQueryClient } from '@tanstack/react-query';
import { Copy, Pencil } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { useForm } from 'react-hook-form';
import { accountQuery, type Partner } from '@/lib/account';
import { errorText } from '@/lib/errors';
import { showToast } from '@/lib/toast';
import { Avatar } from '@/ui/avatar';
import { Button, IconButton } from '@/ui/button';
import { TextField } from '@/ui/field';
import { Sheet } from '@/ui/sheet';
import { Problem } from '@/ui/states';
import { text } from '../messages';
import { profileSchema, type Profile } from '../model';
import { saveProfile } from '../ops';

export function ProfileSection({ partner }: { partner: Partner }) {
  const [editing, setEditing] = useState(false);
  return (
    <section className="card grid gap-4 p-5" aria-labelledby="profile-title">
      <div className="flex items-center gap-4">
        <Avatar name={partner.name} large />
        <div className="min-w-0 flex-1">
          <h2 id="profile-title" className="sr-only">
            {text.profile}
          </h2>
          <p className="truncate text-lg font-bold">{partner.name}</p>
          <p className="truncate text-sm text-soft">{partner.email}</p>
        </div>
        <IconButton label={text.edit} onClick={() => setEditing(true)}>
          <Pencil aria-hidden className="size-5" />
        </IconButton>
      </div>
      <dl className="grid gap-3 sm:grid-cols-2">
        <Fact term={text.tier}>{text.tierValue(partner.tier_label)}</Fact>
        {partner.phone !== null && <Fact term={text.phone}>{partner.phone}</Fact>}
        <Fact term={text.referral}>
          <span className="flex items-center gap-1">
            <code className="font-semibold">{partner.referral_code}</code>
            <IconButton
              label={text.copyReferral}
              onClick={() =>
                void navigator.clipboard.writeText(partner.referral_code).then(() => showToast(text.copied))
              }
            >
              <Copy aria-hidden className="size-4" />
            </IconButton>
          </span>
        </Fact>
      </dl>
      {editing && <ProfileSheet partner={partner} onClose={() => setEditing(false)} />}
    </section>
  );
}

function Fact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-soft">{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function ProfileSheet({ partner, onClose }: { partner: Partner; onClose: () => void }) {
  const client = useQueryClient();
  const formId = useId();
  const { register, handleSubmit, formState, setError } = useForm<Profile>({
    resolver: standardSchemaResolver(profileSchema),
    defaultValues: { name: partner.name, phone: partner.phone ?? '' },
  });
  const { errors, isSubmitting } = formState;
  const submit = handleSubmit(async (profile) => {
    try {
      await saveProfile(partner.id, profile);
      await client.invalidateQueries({ queryKey: accountQuery.queryKey });
      onClose();
      showToast(text.saved, { tone: 'good' });
    } catch (error) {
      setError('root', { message: errorText(error) });
    }
  });
  return (
    <Sheet
      title={text.edit}
      onClose={onClose}
      footer={
        <Button type="submit" form={formId} variant="primary" wide busy={isSubmitting}>
          {text.save}
        </Button>
      }
    >
      <form id={formId} noValidate onSubmit={submit} className="grid gap-4">
        {errors.root?.message !== undefined && <Problem>{errors.root.message}</Problem>}
        <TextField
          data-autofocus
          label={text.name}
          autoComplete="name"
          error={errors.name?.message}
          {...register('name')}
        />
        <TextField
          label={text.phone}
          optional
          type="tel"
          autoComplete="tel"
          hint={text.phoneHint}
          error={errors.phone?.message}
          {...register('phone')}
        />
      </form>
    </Sheet>
  );
}
