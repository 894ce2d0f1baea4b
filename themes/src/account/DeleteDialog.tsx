import { useId, useState, type FormEvent } from "react";
import { Button } from "../shared/Button";
import { Dialog } from "../shared/Dialog";
import { Control, Field } from "../shared/Field";
import type { ApiKey } from "../shared/keys";
import { days } from "../shared/lifetime";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useTask } from "../shared/useTask";
import { keyService } from "./keyService";

interface Props {
  readonly apiKey: ApiKey;
  readonly now: Date;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}

/** Deletes a key; the name of a recently used key has to be typed. */
export function DeleteDialog({ apiKey, now, onClose, onDeleted }: Props): JSX.Element {
  const { t, rest, format } = usePage();
  const task = useTask();
  const id = useId();
  const [typed, setTyped] = useState("");
  const lastUse = apiKey.lastUsedAt === null ? undefined : new Date(apiKey.lastUsedAt);
  const inUse = lastUse !== undefined && now.getTime() - lastUse.getTime() < days(30);
  // What is under way cannot be taken back by looking away from it.
  const close = (): void => (task.busy ? undefined : onClose());
  const sure = !inUse || typed.trim() === apiKey.name;

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (sure) {
      task.run(async () => {
        await keyService.remove(rest, apiKey);
        onDeleted();
      });
    }
  };

  return (
    <Dialog
      title={t("apiKeysDeleteTitle", { name: apiKey.name })}
      danger
      testId="delete"
      onEscape={close}
      footer={
        <>
          <Button look="danger" type="submit" form={id} busy={task.busy} disabled={!sure} data-testid="delete-submit">
            {t("apiKeysDelete")}
          </Button>
          <Button look="link" onClick={close} data-autofocus={inUse ? undefined : true}>
            {t("apiKeysCancel")}
          </Button>
        </>
      }
    >
      <form id={id} className={pf("form")} onSubmit={submit} noValidate>
        <ProblemAlert problem={task.problem} />
        <p>{t("apiKeysDeleteHelp")}</p>
        <p className="ak-strong">
          {lastUse ? t("apiKeysDeleteLastUsed", { when: format.relative(lastUse, now) }) : t("apiKeysDeleteNeverUsed")}
        </p>
        {inUse && (
          <Field label={t("apiKeysDeleteType", { name: apiKey.name })} required>
            {(field) => (
              <Control>
                <input {...field} data-autofocus autoComplete="off" spellCheck={false} value={typed} onChange={(event) => setTyped(event.target.value)} />
              </Control>
            )}
          </Field>
        )}
      </form>
    </Dialog>
  );
}
