import { useEffect, useId, useRef, useState, type FormEvent } from "react";
import { Dialog } from "../shared/Dialog";
import { useStay } from "../shared/dom";
import type { IssuedKey, SelfServicePolicy } from "../shared/keys";
import { usePage } from "../shared/page";
import { pf } from "../shared/pf";
import { FormButtons } from "../shared/FormButtons";
import { ProblemAlert } from "../shared/ProblemAlert";
import { useTask } from "../shared/useTask";
import { faultsOf, newKey, restoredDraft, type DraftFaults, type DraftKey } from "./draftKey";
import { KeyForm, SHOWN_FIELDS } from "./KeyForm";
import { keyService } from "./keyService";
import { Reveal } from "./Reveal";
import { useDraft } from "../shared/useDraft";

interface Props {
  readonly terms: SelfServicePolicy;
  /** What was typed before, where the page had to be left meanwhile. */
  readonly before?: Partial<DraftKey> | undefined;
  readonly onClose: () => void;
  /** The key exists; the dialog still shows it. */
  readonly onCreated: () => void;
}

/** Reads the settings of a new key, creates it and shows it. */
export function CreateDialog({ terms, before, onClose, onCreated }: Props): JSX.Element {
  const [draft, setDraft] = useState<DraftKey>(() => restoredDraft(terms, before));
  const [issued, setIssued] = useState<IssuedKey>();

  if (issued) {
    return <Reveal issued={issued} terms={terms} onDone={onClose} />;
  }
  return (
    <Form
      terms={terms}
      draft={draft}
      onChange={(change) => setDraft({ ...draft, ...change })}
      onClose={onClose}
      onIssued={(key) => {
        setIssued(key);
        onCreated();
      }}
    />
  );
}

interface FormProps {
  readonly terms: SelfServicePolicy;
  readonly draft: DraftKey;
  readonly onChange: (change: Partial<DraftKey>) => void;
  readonly onClose: () => void;
  readonly onIssued: (key: IssuedKey) => void;
}

function Form({ terms, draft, onChange, onClose, onIssued }: FormProps): JSX.Element {
  const { t, rest } = usePage();
  const task = useTask();
  const form = useRef<HTMLFormElement>(null);
  const id = useId();
  const [local, setLocal] = useState<DraftFaults>({});
  const forget = useDraft("create", { ...draft });
  useStay(task.busy);
  const close = (): void => {
    // What is under way may end in a key, which has to be shown.
    if (task.busy) {
      return;
    }
    forget();
    onClose();
  };

  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const now = new Date();
    const found = faultsOf(draft, terms, now);
    setLocal(found);
    if (Object.keys(found).length === 0) {
      task.run(async () => {
        const issued = await keyService.create(rest, newKey(draft, terms, now));
        forget();
        onIssued(issued);
      });
    }
  };

  // Submitting moves the focus to the first fault.
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"], fieldset:has(.pf-m-error) input')?.focus();
  }, [local, task.problem]);

  return (
    <Dialog
      title={t("apiKeysCreate")}
      testId="create"
      onEscape={close}
      footer={<FormButtons form={id} label={t("apiKeysCreate")} busy={task.busy} testId="create-submit" onCancel={close} />}
    >
      <form id={id} ref={form} className={pf("form")} onSubmit={submit} noValidate>
        <ProblemAlert problem={task.problem?.kind === "name-taken" ? undefined : task.problem} shown={SHOWN_FIELDS} />
        <KeyForm draft={draft} terms={terms} local={local} problem={task.problem} onChange={onChange} />
      </form>
    </Dialog>
  );
}
