import { Control, Field } from "./Field";
import { usePage } from "./page";

/** Longest values that the server accepts. */
const LONGEST_NAME = 64;
const LONGEST_DESCRIPTION = 500;

interface Props {
  readonly value: string;
  readonly error: string | undefined;
  readonly onChange: (text: string) => void;
}

export function NameField({ value, error, help, onChange }: Props & { readonly help?: string }): JSX.Element {
  const { t } = usePage();
  return (
    <Field label={t("apiKeysName")} required help={help} error={error}>
      {(field) => (
        <Control error={error}>
          <input
            {...field}
            data-autofocus
            maxLength={LONGEST_NAME}
            placeholder="ci-deploy"
            autoComplete="off"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        </Control>
      )}
    </Field>
  );
}

export function DescriptionField({ value, error, onChange }: Props): JSX.Element {
  const { t } = usePage();
  return (
    <Field label={t("apiKeysDescription")} error={error}>
      {(field) => (
        <Control error={error}>
          <input {...field} maxLength={LONGEST_DESCRIPTION} autoComplete="off" value={value} onChange={(event) => onChange(event.target.value)} />
        </Control>
      )}
    </Field>
  );
}

interface ListProps extends Props {
  readonly label: string;
  readonly help: string;
  readonly required?: boolean;
}

/** A list of words, such as addresses: separated by commas, spaces or line ends. */
export function ListField({ label, help, required = false, value, error, onChange }: ListProps): JSX.Element {
  return (
    <Field label={label} help={help} error={error} required={required}>
      {(field) => (
        <Control multiline error={error}>
          <textarea {...field} rows={2} spellCheck={false} dir="ltr" value={value} onChange={(event) => onChange(event.target.value)} />
        </Control>
      )}
    </Field>
  );
}
