import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { FieldsSetting } from '@/components/organisation/fields-setting'
import { NamingSetting } from '@/components/organisation/naming-setting'
import { OtherSetting } from '@/components/organisation/other-setting'
import { SettingsHeader } from '@/components/settings/settings-header'
import { decide, systemResource } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { listSettings } from '@/lib/organisation'

export const metadata: Metadata = { title: 'Rules' }

const forms = { 'registry.naming': NamingSetting, 'registry.fields': FieldsSetting }
const hasForm = (key: string): key is keyof typeof forms => Object.hasOwn(forms, key)

export default async function RulesPage() {
  const loaded = await load(async (ctx) => {
    const { data } = await listSettings(ctx)
    const own = Object.keys(forms)
    const settings = data.toSorted((a, b) => own.indexOf(b.key) - own.indexOf(a.key))
    return { settings, mayChange: decide(ctx, 'settings:manage', systemResource).allowed }
  })
  const mayChange = loaded.state === 'ready' && loaded.value.mayChange
  return (
    <>
      <SettingsHeader
        current="rules"
        description={
          mayChange
            ? 'What holds for everybody. A change is in force at once and stands in the audit log.'
            : 'What holds for everybody. Administrators change it.'
        }
      />
      {loaded.state === 'ready' ? (
        <div className="flex flex-col gap-10">
          {loaded.value.settings.map((setting) => {
            const Form = hasForm(setting.key) ? forms[setting.key] : OtherSetting
            return <Form key={setting.key} setting={setting} mayChange={mayChange} />
          })}
        </div>
      ) : (
        <NotReady loaded={loaded} what="The rules" />
      )}
    </>
  )
}
