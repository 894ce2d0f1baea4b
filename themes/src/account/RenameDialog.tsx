import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { Dialog } from "../shared/Dialog";
import { DescriptionField, NameField } from "../shared/keyFields";
import type { ApiKey } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { FormButtons } from "../shared/FormButtons";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useTask } from "../shared/useTask";
import { keyService } from "./keyService";
import { useDraft } from "../shared/useDraft";

interface Props {
  readonly apiKey: ApiKey;
  readonly before?: { readonly name?: string; readonly description?: string } | undefined;
  readonly onClose: () => void;
  readonly onSaved: (key: ApiKey) => void;
}

/** Name and description. */
export function RenameDialog({ apiKey, before, onClose, onSaved }: Props): JSX.Element {
  const { t, rest } = usePage();
  const task = useTask();
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [name, setName] = useState(before?.name ?? apiKey.name);
  const [description, setDescription] = useState(before?.description ?? apiKey.description ?? "");
  const [missing, setMissing] = useState(false);
  const forget = useDraft("rename", { keyId: apiKey.id, name, description });
  const close = (): void => {
    // What is under way cannot be taken back by looking away from it.
    if (!task.busy) {
      forget();
      onClose();
    }
  };
  const taken = task.problem?.kind === "name-taken" ? t("apiKeysProblemNameTaken") : undefined;
  const nameError = missing ? t("apiKeysNameMissing") : task.problem?.of("name") ?? taken;

  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [missing, task.problem]);

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(name.trim() === "");
    if (name.trim() !== "") {
      task.run(async () => {
        const saved = await keyService.change(rest, apiKey, { name: name.trim(), description: description.trim() || null });
        forget();
        onSaved(saved);
      });
    }
  };

  return (
    <Dialog
      title={t("apiKeysRenameTitle", { name: apiKey.name })}
      testId="rename"
      onEscape={close}
      footer={<FormButtons form={id} label={t("apiKeysSave")} busy={task.busy} testId="rename-submit" onCancel={close} />}
    >
      <form id={id} ref={form} className={pf("form")} onSubmit={submit} noValidate>
        <ProblemAlert problem={taken ? undefined : task.problem} shown={["name", "description"]} />
        <NameField value={name} error={nameError} onChange={setName} />
        <DescriptionField value={description} error={task.problem?.of("description")} onChange={setDescription} />
      </form>
    </Dialog>
  );
}
