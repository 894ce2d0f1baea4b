import { Button } from "./Button";
import { usePage } from "./page";

interface Props {
  /** Id of the form that is sent. */
  readonly form: string;
  readonly label: string;
  readonly busy: boolean;
  readonly disabled?: boolean;
  readonly testId?: string;
  readonly onCancel: () => void;
}

/** The foot of a dialog with a form: send it, or leave it. */
export function FormButtons({ form, label, busy, disabled, testId, onCancel }: Props): JSX.Element {
  const { t } = usePage();
  return (
    <>
      <Button look="primary" type="submit" form={form} busy={busy} disabled={disabled} data-testid={testId}>
        {label}
      </Button>
      <Button look="link" onClick={onCancel}>
        {t("apiKeysCancel")}
      </Button>
    </>
  );
}
